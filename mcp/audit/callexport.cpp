#include "mcp/audit/callexport.h"

#include "conductor/base/utc.h"
#include "mcp/commands/console.h"

#include <QJsonDocument>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

const QStringList columns{u"number"_s, u"time"_s,   u"kind"_s,   u"client"_s,        u"client_version"_s, u"profile"_s, u"tool"_s, u"arguments"_s, u"effect"_s,
                          u"target"_s, u"outcome"_s, u"detail"_s, u"http_requests"_s, u"took_ms"_s,        u"bytes"_s,   u"pid"_s,  u"hash"_s};

// A spreadsheet takes a cell that begins like a formula for one; an apostrophe keeps it a text.
QString cell(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toVariant().toString();
    QString text = value.isObject() ? QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)) : value.toString();
    if (!text.isEmpty() && QStringView(u"=+-@\t\r").contains(text.front()))
        text.prepend(u'\'');
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

QString outcomeOf(const AuditEntry &call)
{
    if (!call.outcome.isEmpty() || call.kind != AuditEntry::Kind::Begun)
        return call.outcome;
    return ::kill(pid_t(call.pid), 0) == 0 ? u"running"_s : u"unknown"_s;
}

QJsonObject jsonOf(const AuditEntry &call)
{
    const QJsonDocument arguments = QJsonDocument::fromJson(call.arguments.toUtf8()); // cut ones stay a text
    return {{u"number"_s, call.number},
            {u"time"_s, utcFromMs(call.time).toString(Qt::ISODateWithMs)},
            {u"kind"_s, call.kind == AuditEntry::Kind::Lost ? u"lost"_s : u"call"_s},
            {u"client"_s, call.client},
            {u"client_version"_s, call.clientVersion},
            {u"profile"_s, call.profile},
            {u"tool"_s, call.tool},
            {u"arguments"_s, arguments.isObject() ? QJsonValue(arguments.object()) : QJsonValue(call.arguments)},
            {u"effect"_s, call.effect},
            {u"target"_s, call.target},
            {u"outcome"_s, outcomeOf(call)},
            {u"detail"_s, call.detail},
            {u"http_requests"_s, call.requests},
            {u"took_ms"_s, double(call.tookUs) / 1000},
            {u"bytes"_s, call.bytes},
            {u"pid"_s, call.pid},
            {u"hash"_s, QString::fromLatin1(call.hash)}};
}

QByteArray jsonLine(const AuditEntry &call)
{
    return printableLine(jsonOf(call));
}

QByteArray csvHeader()
{
    return QByteArray(columns.join(u',').toUtf8() + "\r\n");
}

QByteArray csvLine(const AuditEntry &call)
{
    const QJsonObject json = jsonOf(call);
    QStringList cells;
    for (const QString &column : columns)
        cells << cell(json[column]);
    return QByteArray(cells.join(u',').toUtf8() + "\r\n");
}

} // namespace mcp
