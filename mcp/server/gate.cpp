#include "mcp/server/gate.h"

#include "conductor/base/hostile.h"
#include "conductor/base/redaction.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int mostRounds = 3; // of asking about a server that changes meanwhile
constexpr qsizetype factsForClient = 10;

// A person took their time; the server still gets some.
QDeadlineTimer leastDeadline(QDeadlineTimer deadline)
{
    return std::max(deadline, QDeadlineTimer(30s));
}

QString verbOf(Effect::Kind kind)
{
    switch (kind) {
    case Effect::Kind::Read:
        return u"read"_s;
    case Effect::Kind::Add:
        return u"add"_s;
    case Effect::Kind::Change:
        return u"change"_s;
    case Effect::Kind::Destroy:
        return u"irreversibly change or end"_s;
    }
    return {};
}

QString onServer(const ApprovalRequest &request)
{
    return request.profile.isEmpty() ? QString() : u" on %1%2"_s.arg(harmless(request.profile, 80), request.production ? u" (production)"_s : QString());
}

// What the client shows a person. Nothing of it may look like more than text.
QString questionOf(const ApprovalRequest &request)
{
    QStringList lines{u"%1: %2 %3%4."_s.arg(request.title, verbOf(request.effect.kind), harmless(request.effect.on, 200), onServer(request))};
    const QStringList facts = request.premise.facts.mid(0, factsForClient);
    for (const QString &fact : facts)
        lines << harmless(fact, 200);
    if (request.premise.facts.size() > facts.size())
        lines << u"… and %1 more"_s.arg(request.premise.facts.size() - facts.size());
    lines << u"Allow it?"_s;
    return lines.join(u'\n');
}

// Says every few seconds that a person is waited for, so that the client does not give up. Ends with its owner.
class Waiting
{
public:
    Waiting(std::function<void(double, double, QString)> progress, std::chrono::milliseconds patience)
    {
        m_timer.callOnTimeout([progress = std::move(progress), until = QDeadlineTimer(patience), said = 0]() mutable {
            // Far below one: what the tool reports afterwards rises further.
            progress(1e-6 * ++said, 0, u"Waiting for approval in Conductor Companion, %1 s left"_s.arg(until.remainingTime() / 1000));
        });
        m_timer.start(2s);
    }

private:
    QTimer m_timer;
};

Passage passageOf(Decision decision, std::chrono::milliseconds patience)
{
    switch (decision) {
    case Decision::Allow:
        return {.how = u"approved in Conductor Companion"_s};
    case Decision::Deny:
        return {.refusal = u"The person at this computer denied it in Conductor Companion. Do not try it another way; ask them what they want instead."_s};
    case Decision::TimedOut:
        return {.refusal = u"It needs approval, and nobody answered in Conductor Companion within %1 s. Nothing was done. Ask the person to approve it in the companion, "
                           "then make exactly this call again within 10 minutes."_s.arg(patience.count() / 1000)};
    case Decision::Lost:
        return {.refusal = u"It needs approval, and Conductor Companion ended before anybody answered. Nothing was done. Ask the person to start it, then call again."_s};
    }
    return {.refusal = u"It was not approved"_s};
}

Passage withoutAnybody(bool production)
{
    if (production)
        return {.refusal = u"This server is marked production: a person has to approve that, and your client cannot ask one. Nothing was done. "
                           "Ask the person to start Conductor Companion, then call again."_s};
    return {.how = u"nobody to ask"_s};
}

} // namespace

Gate::Gate(Setup setup)
    : m_setup(std::move(setup))
{
}

ApprovalRequest Gate::requestFor(const Tool &tool, const Effect &effect, const Call &call, const Premise &premise) const
{
    const QByteArray arguments = QJsonDocument(call.arguments).toJson(QJsonDocument::Compact);
    const QByteArray shown = QJsonDocument(redacted(QJsonValue(call.arguments)).toObject()).toJson();
    const QString profile = m_setup.profile ? m_setup.profile() : QString();
    QCryptographicHash digest(QCryptographicHash::Sha256);
    for (const QByteArray &part : {call.identity.name.toUtf8(), profile.toUtf8(), tool.name.toUtf8(), arguments, premise.state.toUtf8()}) {
        digest.addData(QByteArray(QByteArray::number(part.size()) + ':'));
        digest.addData(part);
    }
    return {.client = call.identity.name,
            .clientVersion = call.identity.version,
            .profile = profile,
            .production = policy().production,
            .tool = tool.name,
            .title = tool.title,
            .effect = effect,
            .arguments = QString::fromUtf8(shown.left(ApprovalRequest::mostArguments)),
            .argumentBytes = shown.size(),
            .digest = QString::fromLatin1(digest.result().toHex()),
            .premise = premise,
            .patience = policy().rules.patienceFor(call.identity.name)};
}

Reply<Passage> Gate::ask(std::shared_ptr<const Tool> tool, Effect effect, Call call)
{
    bool atDesk = false;
    if (m_setup.desk)
        atDesk = co_await m_setup.desk->isThere(call.caller);
    if (!atDesk && !call.client->can(u"elicitation"))
        co_return withoutAnybody(policy().production);
    for (int round = 0; round < mostRounds; ++round) {
        Premise premise;
        if (tool->premise)
            premise = co_await tool->premise(call);
        if (premise.onlyDescriptions && policy().rules.freeDescriptions)
            co_return Passage{};
        const ApprovalRequest request = requestFor(*tool, effect, call, premise);
        Result<Decision> decision = Failure({Error::Kind::NotFound, u"No companion"_s});
        if (atDesk) {
            call.log(u"notice"_s, QJsonObject{{u"event"_s, u"waiting for approval"_s}, {u"tool"_s, tool->name}});
            const Waiting waiting(call.progress, request.patience);
            decision = co_await outcome(m_setup.desk->ask(call.caller, request, call.stop));
        }
        if (!decision && decision.error().kind != Error::Kind::NotFound)
            co_return Failure(decision.error());
        Passage passage;
        if (decision)
            passage = passageOf(*decision, request.patience);
        else
            passage = co_await askClient(request, call);
        if (!passage.refusal.isEmpty() || !tool->premise)
            co_return passage;
        call.deadline = leastDeadline(call.deadline);
        const Premise now = co_await tool->premise(call);
        if (now.state == premise.state)
            co_return passage;
    }
    co_return Passage{.refusal = u"What it is about changes on the server faster than a person can look at it. Nothing was done; look again, then decide anew."_s};
}

// The key holds what was shown: when that has changed, an answer given to it does not count.
Reply<Passage> Gate::askClient(ApprovalRequest request, Call call)
{
    if (!call.client->can(u"elicitation")) // the companion has just gone
        co_return withoutAnybody(request.production);
    const QString key = u"approve-"_s + request.digest.left(16);
    const QJsonObject allow{{u"type"_s, u"boolean"_s}, {u"title"_s, u"Allow"_s}, {u"default"_s, false}};
    const QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"allow"_s, allow}}}, {u"required"_s, QJsonArray{u"allow"_s}}};
    const QJsonObject params{{u"message"_s, questionOf(request)}, {u"requestedSchema"_s, schema}};
    std::vector<Question> questions;
    questions.push_back({key, u"elicitation/create"_s, params});
    const Result<QJsonObject> answers = co_await outcome(call.client->ask(questions));
    if (!answers && answers.error().kind == Error::Kind::Cancelled)
        co_return Failure(answers.error());
    if (!answers)
        co_return Passage{.refusal = u"It needs approval, and your client gave none (%1). Nothing was done."_s.arg(answers.error().message)};
    const QJsonObject answer = (*answers)[key].toObject();
    if (answer[u"action"].toString() == u"accept" && answer[u"content"][u"allow"].toBool())
        co_return Passage{.how = u"approved through the client"_s};
    co_return Passage{.refusal = u"The person denied it. Do not try it another way; ask them what they want instead."_s};
}

} // namespace mcp
