#include "app/approvals/approvaltext.h"

#include "conductor/base/hostile.h"
#include "conductor/base/redaction.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::harmless;
using mcp::Approval;
using mcp::ApprovalRequest;
using mcp::Effect;

namespace app {
namespace {

constexpr qsizetype longestFact = 400;
constexpr qsizetype mostLookedAt = 64 * 1024; // a name of many megabytes must not hold up the window

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("app::Approval", text, comment);
}

// Of tools and servers; a secret in it is nothing a notification should show.
QString shown(const QString &text, qsizetype cap)
{
    if (text.size() <= mostLookedAt)
        return harmless(conductor::redacted(text), cap);
    const QString beginning = harmless(conductor::redacted(text.left(mostLookedAt)).left(cap), cap);
    return tr("%1… (%2 more)", "the beginning of a text; a number of characters").arg(beginning, QString::number(text.size() - cap));
}

} // namespace

QString whoAsks(const ApprovalRequest &request)
{
    if (request.client.isEmpty())
        return tr("An unknown AI client");
    return QString(shown(request.client, 60) + u' ' + shown(request.clientVersion, 20)).trimmed();
}

QString askedServer(const ApprovalRequest &request)
{
    return request.profile.isEmpty() ? tr("the default server") : shown(request.profile, 60);
}

QString verbAndObject(const ApprovalRequest &request)
{
    const QString verb = shown(request.title.isEmpty() ? request.tool : request.title, 80);
    if (request.effect.on.isEmpty())
        return verb;
    return tr("%1: %2", "what is done: with what").arg(verb, shown(request.effect.on, 120));
}

QString effectInWords(Effect::Kind kind)
{
    switch (kind) {
    case Effect::Kind::Read:
        return tr("only reads");
    case Effect::Kind::Add:
        return tr("adds something");
    case Effect::Kind::Change:
        return tr("changes something");
    case Effect::Kind::Destroy:
        return tr("changes something for good, or ends it");
    }
    return {};
}

QStringList factsOf(const ApprovalRequest &request)
{
    QStringList facts;
    for (const QString &fact : request.premise.facts)
        facts << shown(fact, longestFact);
    return facts;
}

bool isWaiting(const Approval &approval)
{
    return approval.state == Approval::State::Waiting;
}

bool mayStillBeAllowed(const Approval &approval, const QDateTime &now)
{
    return approval.state == Approval::State::Expired && approval.until > now;
}

bool isKeptForNextTime(const Approval &approval, const QDateTime &now)
{
    return approval.state == Approval::State::Reserved && approval.until > now;
}

StatusLook approvalLook(const Approval &approval)
{
    using Family = conductor::StatusFamily;
    switch (approval.state) {
    case Approval::State::Waiting:
        return waitsForYou(tr("Waits for you"));
    case Approval::State::Allowed:
        return {Family::Good, u"circle-check"_s, tr("Allowed")};
    case Approval::State::Denied:
        return {Family::Bad, u"circle-x"_s, tr("Denied")};
    case Approval::State::Expired:
        return {Family::Quiet, u"timer-off"_s, tr("Not answered")};
    case Approval::State::Reserved:
        return {Family::Active, u"hourglass"_s, tr("Allowed next time")};
    case Approval::State::Withdrawn:
        return {Family::Quiet, u"ban"_s, tr("Withdrawn")};
    }
    return {};
}

QString remaining(const QDateTime &until, const QDateTime &now)
{
    const qint64 seconds = std::max<qint64>(0, (now.msecsTo(until) + 999) / 1000);
    const QLocale locale;
    return seconds < 120 ? tr("%1 s", "seconds").arg(locale.toString(seconds)) : tr("%1 min", "minutes").arg(locale.toString((seconds + 59) / 60));
}

QString timeLeft(const Approval &approval, const QDateTime &now)
{
    if (!isWaiting(approval) && !mayStillBeAllowed(approval, now) && !isKeptForNextTime(approval, now))
        return {};
    return tr("%1 left").arg(remaining(approval.until, now));
}

QString approvalInWords(const Approval &approval, const QDateTime &now)
{
    switch (approval.state) {
    case Approval::State::Waiting:
        return tr("The call is held. Without an answer it is refused in %1.").arg(remaining(approval.until, now));
    case Approval::State::Allowed:
        if (approval.by == Approval::By::Grant)
            return tr("It went on because this tool was allowed to this client for a while.");
        if (approval.by == Approval::By::Ticket)
            return tr("It went on because exactly this call had been allowed for the next time.");
        return tr("You allowed it.");
    case Approval::State::Denied:
        return approval.by == Approval::By::Person ? tr("You denied it. Nothing was sent.") : tr("It was denied by itself: too many calls of this client wait. Nothing was sent.");
    case Approval::State::Expired:
        if (!mayStillBeAllowed(approval, now))
            return tr("Nobody answered in time. Nothing was sent.");
        return tr("Nobody answered in time, and nothing was sent. Allow it now, and exactly this call passes once when the client makes it again within %1.")
            .arg(remaining(approval.until, now));
    case Approval::State::Reserved:
        if (!isKeptForNextTime(approval, now))
            return tr("It was allowed for the next time, but the client did not call again.");
        return tr("Exactly this call passes once when the client makes it again within %1.").arg(remaining(approval.until, now));
    case Approval::State::Withdrawn:
        return tr("The client cancelled it or left before it was decided. Nothing was sent.");
    }
    return {};
}

} // namespace app
