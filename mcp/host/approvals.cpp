#include "mcp/host/approvals.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {

Approvals::Approvals(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
    m_forgetting.setInterval(10s);
    m_forgetting.setTimerType(Qt::VeryCoarseTimer);
    m_forgetting.callOnTimeout(this, &Approvals::forgetOld);
}

void Approvals::ask(const Source &source, ApprovalRequest request, std::function<void(Decision)> decide)
{
    forgetOld();
    m_forgetting.start();
    const QDateTime now = m_clock();
    const qsizetype waiting = std::count_if(m_open.begin(), m_open.end(), [&](const auto &entry) {
        return entry.second.approval.session == source.session && entry.second.approval.state == Approval::State::Waiting;
    });
    const QString id = u"a%1"_s.arg(++m_last, 9, 10, QChar(u'0')); // sorts as it came
    Open &open = m_open[id];
    open.link = source.link;
    open.number = source.number;
    open.decide = std::move(decide);
    open.approval = {.id = id, .session = source.session, .request = std::move(request), .asked = now};
    open.approval.until = now.addMSecs(open.approval.request.patience.count());
    if (waiting >= mostWaiting) {
        open.approval.by = Approval::By::Flood;
        settle(open, Approval::State::Denied, Decision::Deny);
    } else if (isGranted(open.approval.request)) {
        open.approval.by = Approval::By::Grant;
        settle(open, Approval::State::Allowed, Decision::Allow);
    } else if (takeTicket(open.approval.request.digest)) {
        open.approval.by = Approval::By::Ticket;
        settle(open, Approval::State::Allowed, Decision::Allow);
    } else {
        Q_EMIT changed(open.approval);
    }
}

void Approvals::withdraw(const Source &source, bool timedOut)
{
    for (auto &[id, open] : m_open) {
        Approval &approval = open.approval;
        if (open.link != source.link || open.number != source.number)
            continue;
        if (timedOut && approval.state == Approval::State::Allowed) {
            reserve(open); // the answer crossed the end of the call
        } else if (approval.state == Approval::State::Waiting) {
            approval.state = timedOut ? Approval::State::Expired : Approval::State::Withdrawn;
            approval.until = m_clock().addSecs(std::chrono::seconds(ticketTime).count());
            open.decide = {};
            Q_EMIT changed(approval);
        }
        return;
    }
}

void Approvals::leave(quint64 link)
{
    for (auto &[id, open] : m_open) {
        if (open.link != link)
            continue;
        open.decide = {};
        if (open.approval.state != Approval::State::Waiting)
            continue;
        open.approval.state = Approval::State::Withdrawn;
        open.approval.until = m_clock().addSecs(std::chrono::seconds(ticketTime).count());
        Q_EMIT changed(open.approval);
    }
}

void Approvals::choose(const QString &id, Choice choice)
{
    forgetOld();
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    Open &open = found->second;
    const Approval::State state = open.approval.state;
    const bool late = state == Approval::State::Expired || state == Approval::State::Reserved;
    if (state != Approval::State::Waiting && !late)
        return;
    if (choice == Choice::AllowForAWhile) {
        const ApprovalRequest &request = open.approval.request;
        m_grants << Grant{request.client, request.profile, request.tool, m_clock().addSecs(std::chrono::seconds(aWhile).count())};
        Q_EMIT grantsChanged();
    }
    if (choice == Choice::Deny)
        settle(open, Approval::State::Denied, Decision::Deny);
    else if (late)
        reserve(open);
    else
        settle(open, Approval::State::Allowed, Decision::Allow);
    if (choice != Choice::AllowForAWhile)
        return;
    for (auto &[other, waiting] : m_open) { // what waits already is covered as well
        if (waiting.approval.state == Approval::State::Waiting && isGranted(waiting.approval.request)) {
            waiting.approval.by = Approval::By::Grant;
            settle(waiting, Approval::State::Allowed, Decision::Allow);
        }
    }
}

QList<Approvals::Grant> Approvals::grants() const
{
    QList<Grant> now;
    std::copy_if(m_grants.begin(), m_grants.end(), std::back_inserter(now), [at = m_clock()](const Grant &grant) { return grant.until > at; });
    return now;
}

void Approvals::endGrants()
{
    m_grants.clear();
    Q_EMIT grantsChanged();
}

bool Approvals::isGranted(const ApprovalRequest &request) const
{
    const QList<Grant> now = grants();
    return std::any_of(now.begin(), now.end(), [&](const Grant &grant) {
        return grant.client == request.client && grant.profile == request.profile && grant.tool == request.tool;
    });
}

bool Approvals::takeTicket(const QString &digest)
{
    for (auto &[id, open] : m_open) {
        if (open.approval.state != Approval::State::Reserved || open.approval.request.digest != digest || open.approval.until <= m_clock())
            continue;
        open.approval.state = Approval::State::Allowed;
        Q_EMIT changed(open.approval);
        return true;
    }
    return false;
}

void Approvals::reserve(Open &open)
{
    open.decide = {};
    open.approval.state = Approval::State::Reserved;
    open.approval.until = m_clock().addSecs(std::chrono::seconds(ticketTime).count());
    Q_EMIT changed(open.approval);
}

void Approvals::settle(Open &open, Approval::State state, Decision decision)
{
    open.approval.state = state;
    open.approval.until = m_clock().addSecs(std::chrono::seconds(ticketTime).count());
    if (const auto decide = std::exchange(open.decide, {}))
        decide(decision);
    Q_EMIT changed(open.approval);
}

// What is over is kept for a while, since an answer may have crossed the end of its call.
void Approvals::forgetOld()
{
    const QDateTime now = m_clock();
    std::erase_if(m_open, [&](const auto &entry) { return entry.second.approval.state != Approval::State::Waiting && entry.second.approval.until <= now; });
    if (m_grants.removeIf([&](const Grant &grant) { return grant.until <= now; }) > 0)
        Q_EMIT grantsChanged();
    if (m_open.empty() && m_grants.isEmpty())
        m_forgetting.stop();
}

} // namespace mcp
