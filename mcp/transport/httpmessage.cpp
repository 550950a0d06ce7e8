#include "mcp/transport/httpmessage.h"

#include <QDateTime>
#include <QLocale>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QByteArray reasonOf(int status)
{
    static constexpr std::pair<int, const char *> reasons[] = {
        {100, "Continue"}, {200, "OK"}, {202, "Accepted"}, {204, "No Content"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"}, {413, "Content Too Large"}, {415, "Unsupported Media Type"},
        {417, "Expectation Failed"}, {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {503, "Service Unavailable"},
    };
    const auto found = std::find_if(std::begin(reasons), std::end(reasons), [status](const auto &entry) { return entry.first == status; });
    return found == std::end(reasons) ? QByteArrayLiteral("Unknown") : QByteArray(found->second);
}

} // namespace

bool HttpRequest::has(QByteArrayView name) const
{
    return std::any_of(headers.begin(), headers.end(), [name](const auto &field) { return field.first == name; });
}

QByteArray HttpRequest::header(QByteArrayView name) const
{
    QByteArray joined;
    bool first = true;
    for (const auto &[field, value] : headers) {
        if (field != name)
            continue;
        joined += (first ? QByteArray() : QByteArray(", ")) + value;
        first = false;
    }
    return joined;
}

bool HttpRequest::accepts(QByteArrayView type) const
{
    if (!has("accept"))
        return true;
    const QByteArray group = type.first(type.indexOf('/') + 1).toByteArray() + '*';
    const QByteArrayList ranges = header("accept").toLower().split(',');
    return std::any_of(ranges.begin(), ranges.end(), [&](const QByteArray &range) {
        const QByteArrayList parts = range.split(';');
        const QByteArray name = parts[0].trimmed();
        const bool unwanted = std::any_of(parts.begin() + 1, parts.end(), [](const QByteArray &parameter) {
            const QByteArray plain = parameter.trimmed();
            return plain.startsWith("q=") && plain.mid(2).toDouble() <= 0;
        });
        return !unwanted && (name == type || name == group || name == "*/*");
    });
}

QByteArray HttpRequest::queryItem(QByteArrayView name) const
{
    return QUrlQuery(QString::fromUtf8(query)).queryItemValue(QString::fromUtf8(name), QUrl::FullyDecoded).toUtf8();
}

HttpAnswer refused(int status, const RpcError &error, const QJsonValue &id)
{
    QJsonObject json = errorJson(id, error);
    if (id.isUndefined() || id.isNull())
        json.remove(u"id"_s);
    return {.status = status, .body = toLine(json)};
}

HttpAnswer refused(int status, const QString &why)
{
    return refused(status, RpcError{RpcError::InvalidRequest, why});
}

QByteArray headOf(int status, const HttpHeaders &headers)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    if (status >= 200)
        head += "Date: " + QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss").toLatin1() + " GMT\r\n";
    for (const auto &[name, value] : headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

} // namespace mcp
