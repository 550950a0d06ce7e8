#include "mcp/protocol/linereader.h"

namespace mcp {

std::vector<LineReader::Line> LineReader::feed(const QByteArray &bytes)
{
    std::vector<Line> lines;
    m_rest += bytes;
    qsizetype begin = 0;
    for (qsizetype end = m_rest.indexOf('\n', m_searched); end >= 0; end = m_rest.indexOf('\n', begin)) {
        qsizetype size = end - begin;
        if (size > 0 && m_rest[end - 1] == '\r')
            --size;
        if (m_skipping || size > m_limit)
            lines.push_back({{}, true});
        else if (size > 0)
            lines.push_back({m_rest.mid(begin, size)});
        m_skipping = false;
        begin = end + 1;
    }
    m_rest.remove(0, begin);
    const bool halfEnd = m_rest.endsWith('\r'); // the rest of a line's end may follow
    if (m_rest.size() - halfEnd > m_limit) {
        m_rest.clear();
        m_skipping = true;
    }
    m_searched = m_rest.size();
    return lines;
}

} // namespace mcp
