#include "mcp/protocol/uritemplate.h"

#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QRegularExpression &variable()
{
    static const QRegularExpression pattern(u"\\{(\\?|)([A-Za-z0-9_,]+)\\}"_s);
    return pattern;
}

QString encoded(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value));
}

} // namespace

UriTemplate::UriTemplate(const QString &text)
    : m_text(text)
{
    QString pattern;
    qsizetype end = 0;
    QRegularExpressionMatchIterator found = variable().globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        pattern += QRegularExpression::escape(text.mid(end, match.capturedStart() - end));
        end = match.capturedEnd();
        if (!match.captured(1).isEmpty()) {
            m_queries = match.captured(2).split(u',');
            continue;
        }
        m_segments << match.captured(2);
        pattern += u"([^/?#]+)"_s;
    }
    pattern += QRegularExpression::escape(text.mid(end));
    m_pattern.setPattern(QRegularExpression::anchoredPattern(pattern));
}

std::optional<QHash<QString, QString>> UriTemplate::match(const QString &uri) const
{
    const qsizetype mark = uri.indexOf(u'?');
    if (mark >= 0 && m_queries.isEmpty())
        return {};
    const QRegularExpressionMatch match = m_pattern.match(uri.left(mark < 0 ? uri.size() : mark));
    if (!match.hasMatch())
        return {};
    QHash<QString, QString> values;
    for (qsizetype i = 0; i < m_segments.size(); ++i)
        values.insert(m_segments[i], QUrl::fromPercentEncoding(match.captured(int(i) + 1).toUtf8()));
    if (mark < 0)
        return values;
    const auto items = QUrlQuery(uri.mid(mark + 1)).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (!m_queries.contains(name))
            return {};
        values.insert(name, value);
    }
    return values;
}

QString UriTemplate::expanded(const QHash<QString, QString> &values) const
{
    QString uri;
    qsizetype end = 0;
    QRegularExpressionMatchIterator found = variable().globalMatch(m_text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        uri += QStringView(m_text).mid(end, match.capturedStart() - end);
        end = match.capturedEnd();
        if (match.captured(1).isEmpty()) {
            uri += encoded(values.value(match.captured(2)));
            continue;
        }
        QStringList items;
        for (const QString &name : match.captured(2).split(u',')) {
            if (values.contains(name))
                items << name + u'=' + encoded(values[name]);
        }
        if (!items.isEmpty())
            uri += u'?' + items.join(u'&');
    }
    return uri + QStringView(m_text).mid(end);
}

} // namespace mcp
