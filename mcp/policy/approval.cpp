#include "mcp/policy/approval.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr std::array decisions{std::pair{QStringView(u"allow"), Decision::Allow}, std::pair{QStringView(u"deny"), Decision::Deny},
                               std::pair{QStringView(u"timed out"), Decision::TimedOut}, std::pair{QStringView(u"lost"), Decision::Lost}};

} // namespace

QString word(Decision decision)
{
    for (const auto &[name, some] : decisions) {
        if (some == decision)
            return name.toString();
    }
    return {};
}

std::optional<Decision> decisionOf(QStringView word)
{
    for (const auto &[name, decision] : decisions) {
        if (name == word)
            return decision;
    }
    return {};
}

QJsonObject ApprovalRequest::toJson() const
{
    return {{u"client"_s, client},
            {u"client_version"_s, clientVersion},
            {u"profile"_s, profile},
            {u"production"_s, production},
            {u"tool"_s, tool},
            {u"title"_s, title},
            {u"effect"_s, word(effect.kind)},
            {u"on"_s, effect.on},
            {u"runs"_s, effect.runs},
            {u"arguments"_s, arguments},
            {u"argument_bytes"_s, argumentBytes},
            {u"digest"_s, digest},
            {u"facts"_s, QJsonArray::fromStringList(premise.facts)},
            {u"before"_s, premise.before},
            {u"after"_s, premise.after},
            {u"patience_ms"_s, qint64(patience.count())}};
}

std::optional<ApprovalRequest> ApprovalRequest::fromJson(const QJsonObject &json)
{
    const std::optional<Effect::Kind> effect = effectKind(json[u"effect"].toString());
    if (!effect || json[u"tool"].toString().isEmpty() || json[u"digest"].toString().size() != 64)
        return {};
    ApprovalRequest request{.client = json[u"client"].toString(),
                            .clientVersion = json[u"client_version"].toString(),
                            .profile = json[u"profile"].toString(),
                            .production = json[u"production"].toBool(),
                            .tool = json[u"tool"].toString(),
                            .title = json[u"title"].toString(),
                            .effect = {.kind = *effect, .on = json[u"on"].toString(), .runs = json[u"runs"].toInt()},
                            .arguments = json[u"arguments"].toString(),
                            .argumentBytes = json[u"argument_bytes"].toInteger(),
                            .digest = json[u"digest"].toString(),
                            .patience = std::chrono::milliseconds(json[u"patience_ms"].toInteger())};
    request.premise.facts = json[u"facts"].toVariant().toStringList();
    request.premise.before = json[u"before"].toObject();
    request.premise.after = json[u"after"].toObject();
    return request;
}

} // namespace mcp
