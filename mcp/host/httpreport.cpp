#include "mcp/host/httpreport.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using conductor::Error;

namespace mcp {
namespace {

// Only what is told apart: a taken port, a keychain that may be opened later, all else.
Error::Kind kindNamed(const QString &name)
{
    for (const Error::Kind kind : {Error::Kind::Conflict, Error::Kind::Keychain, Error::Kind::NotFound, Error::Kind::Network}) {
        if (conductor::kindName(kind) == name)
            return kind;
    }
    return Error::Kind::Validation;
}

} // namespace

QByteArray HttpReport::toLine() const
{
    QJsonObject json{{u"serving"_s, address}};
    if (failure)
        json = {{u"failed"_s, QJsonObject{{u"kind"_s, kindName(failure->kind)}, {u"message"_s, failure->message}, {u"hint"_s, failure->hint}}}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<HttpReport> HttpReport::fromLine(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    HttpReport report{json[u"serving"].toString(), {}};
    const QJsonObject failed = json[u"failed"].toObject();
    if (!failed.isEmpty())
        report.failure = Error{kindNamed(failed[u"kind"].toString()), failed[u"message"].toString(), failed[u"hint"].toString()};
    return report.address.isEmpty() && !report.failure ? std::nullopt : std::optional(report);
}

} // namespace mcp
