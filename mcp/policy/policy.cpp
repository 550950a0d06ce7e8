#include "mcp/policy/policy.h"

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

const QString gateKey = u"gate"_s;
constexpr int leastPatience = 5, mostPatience = 600; // s

constexpr std::array kinds{Effect::Kind::Read, Effect::Kind::Add, Effect::Kind::Change, Effect::Kind::Destroy};

Error wrong(const QString &path, const QString &expected)
{
    return {Error::Kind::Validation, u"%1.%2 must be %3"_s.arg(Policy::section, path, expected)};
}

Result<Verdict> verdictOf(const QJsonValue &json, const QString &path)
{
    for (const Verdict verdict : {Verdict::Allow, Verdict::Ask, Verdict::Deny}) {
        if (json.toString() == word(verdict))
            return verdict;
    }
    return Failure(wrong(path, u"allow, ask or deny"_s));
}

Result<Done> readTools(Rules &rules, const QJsonObject &json)
{
    for (auto it = json.begin(); it != json.end(); ++it) {
        const Result<Selection> known = Selection{.tools = {it.key()}}.checked();
        if (!known)
            return Failure(known.error());
        const Result<Verdict> verdict = verdictOf(*it, u"gate.tools."_s + it.key());
        if (!verdict)
            return Failure(verdict.error());
        rules.tools[known->tools.first()] = *verdict;
    }
    return Done{};
}

Result<Done> readPatience(Rules &rules, const QJsonObject &json)
{
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it->toInt() < leastPatience || it->toInt() > mostPatience)
            return Failure(wrong(u"gate.patience."_s + it.key(), u"%1 to %2 seconds"_s.arg(leastPatience).arg(mostPatience)));
        rules.patience[it.key()] = it->toInt();
    }
    return Done{};
}

Result<Rules> rulesOf(const QJsonObject &json)
{
    Rules rules;
    for (const Effect::Kind kind : kinds) {
        if (!json.contains(word(kind)))
            continue;
        const Result<Verdict> verdict = verdictOf(json[word(kind)], u"gate."_s + word(kind));
        if (!verdict)
            return Failure(verdict.error());
        rules.effects[kind] = *verdict;
    }
    if (const Result<Done> tools = readTools(rules, json[u"tools"].toObject()); !tools)
        return Failure(tools.error());
    if (const Result<Done> patience = readPatience(rules, json[u"patience"].toObject()); !patience)
        return Failure(patience.error());
    if (const QJsonValue runs = json[u"free_runs"]; !runs.isUndefined() && (!runs.isDouble() || runs.toInt(-1) < 0))
        return Failure(wrong(u"gate.free_runs"_s, u"a number of executions"_s));
    rules.freeRuns = json[u"free_runs"].toInt();
    rules.freeDescriptions = json[u"free_descriptions"].toBool();
    return rules;
}

QJsonObject rulesJson(const Rules &rules)
{
    QJsonObject json, tools, patience;
    for (const Effect::Kind kind : kinds) {
        if (rules.effects.contains(kind))
            json[word(kind)] = word(rules.effects.at(kind));
    }
    for (auto it = rules.tools.begin(); it != rules.tools.end(); ++it)
        tools[it.key()] = word(*it);
    for (auto it = rules.patience.begin(); it != rules.patience.end(); ++it)
        patience[it.key()] = *it;
    if (!tools.isEmpty())
        json[u"tools"] = tools;
    if (!patience.isEmpty())
        json[u"patience"] = patience;
    if (rules.freeRuns > 0)
        json[u"free_runs"] = rules.freeRuns;
    if (rules.freeDescriptions)
        json[u"free_descriptions"] = true;
    return json;
}

Verdict usual(Effect::Kind kind, bool production)
{
    switch (kind) {
    case Effect::Kind::Read:
        return Verdict::Allow;
    case Effect::Kind::Add:
    case Effect::Kind::Change:
        return production ? Verdict::Ask : Verdict::Allow;
    case Effect::Kind::Destroy:
        return Verdict::Ask;
    }
    return Verdict::Ask;
}

} // namespace

QString word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Allow:
        return u"allow"_s;
    case Verdict::Ask:
        return u"ask"_s;
    case Verdict::Deny:
        return u"deny"_s;
    }
    return u"deny"_s;
}

std::chrono::seconds Rules::patienceFor(const QString &client) const
{
    const auto own = patience.find(client);
    return own == patience.end() ? usualPatience : std::chrono::seconds(*own);
}

QString Policy::refusal(const QString &tool, const Effect &effect) const
{
    for (const QString &name : {tool, effect.tool}) {
        if (!name.isEmpty() && !offers(name))
            return u"%1 is switched off for this server, by whatever way. Do not try another; ask the person at this computer."_s.arg(name);
    }
    if (readOnly() && effect.kind != Effect::Kind::Read)
        return u"This server is offered to you read only; nothing may be changed. Do not try another way; ask the person at this computer."_s;
    if (verdict(tool, effect) == Verdict::Deny)
        return u"The rules of this server's profile deny it. Do not try another way; ask the person at this computer."_s;
    return {};
}

Verdict Policy::verdict(const QString &tool, const Effect &effect) const
{
    const auto rule = rules.effects.find(effect.kind);
    Verdict byEffect = rule == rules.effects.end() ? usual(effect.kind, production) : rule->second;
    if (byEffect == Verdict::Ask && effect.runs > 0 && effect.runs < rules.freeRuns)
        byEffect = Verdict::Allow;
    const Verdict own = rules.tools.value(tool, byEffect);
    return effect.tool.isEmpty() ? own : std::max(own, rules.tools.value(effect.tool, byEffect));
}

Result<Policy> Policy::of(const Selection &asked, const QJsonObject &section, bool production)
{
    const Result<Selection> allowed = Selection::fromJson(section);
    if (!allowed)
        return Failure(allowed.error());
    const Result<Rules> rules = rulesOf(section[gateKey].toObject());
    if (!rules)
        return Failure(rules.error());
    return Policy{asked, *allowed, *rules, production};
}

QJsonObject Policy::toJson() const
{
    QJsonObject json = allowed.toJson();
    if (const QJsonObject gate = rulesJson(rules); !gate.isEmpty())
        json[gateKey] = gate;
    return json;
}

} // namespace mcp
