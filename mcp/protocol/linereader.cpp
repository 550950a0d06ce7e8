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
        if (m_skipping || size > longest)
            lines.push_back({{}, true});
        else if (size > 0)
            lines.push_back({m_rest.mid(begin, size)});
        m_skipping = false;
        begin = end + 1;
    }
    m_rest.remove(0, begin);
    if (m_rest.size() > longest) {
        m_rest.clear();
        m_skipping = true;
    }
    m_searched = m_rest.size();
    return lines;
}

} // namespace mcp
