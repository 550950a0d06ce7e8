// Cuts a stream of bytes into lines. One that is too long is skipped up to its end, and told, so that the next is read right.
#pragma once

#include <QByteArray>

#include <vector>

namespace mcp {

class LineReader
{
public:
    static constexpr qsizetype longest = 16 * 1024 * 1024;

    explicit LineReader(qsizetype limit = longest) : m_limit(limit) {}

    struct Line {
        QByteArray bytes; // without its end (\n or \r\n); empty lines are left out
        bool tooLong = false;
    };

    std::vector<Line> feed(const QByteArray &bytes);

    // What came after the last line end; taken as a line when the stream ends well, dropped when its writer died.
    QByteArray rest() const { return m_skipping ? QByteArray() : m_rest; }

private:
    qsizetype m_limit; // of a line, without its end
    QByteArray m_rest;
    qsizetype m_searched = 0; // no line end lies before this place of m_rest
    bool m_skipping = false;
};

} // namespace mcp
