// The questions of all servers to the person at this computer: what waits, what was decided, and what is allowed for a while. The
// host owns it; it decides nothing by itself but what the person has said before.
#pragma once

#include "mcp/policy/approval.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>

namespace mcp {

// One question, as the window shows it; a value that crosses threads.
struct Approval {
    enum class State {
        Waiting,
        Allowed,
        Denied,
        Expired,   // nobody answered in time; may still be allowed, for the next call that is exactly this one
        Reserved,  // allowed after it had expired: good once, until then
        Withdrawn, // the client cancelled or left
    };

    enum class By {
        Person,
        Grant,  // of the client and the tool, for a while
        Ticket, // for exactly this call
        Flood,  // too many questions of the client wait
    };

    QString id = {};      // unique in this companion
    QString session = {}; // of a SessionInfo
    ApprovalRequest request = {};
    State state = State::Waiting;
    QDateTime asked = {};
    QDateTime until = {}; // when what it is now ends: waiting, or what may be done with an expired or reserved one
    By by = By::Person;   // who decided
};

class Approvals : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::minutes aWhile{15};  // a grant for a client and a tool
    static constexpr std::chrono::minutes ticketTime{10};
    static constexpr qsizetype mostWaiting = 200; // of one session; more are denied at once

    enum class Choice { Deny, AllowOnce, AllowForAWhile };

    using Clock = std::function<QDateTime()>;
    explicit Approvals(Clock clock = &QDateTime::currentDateTimeUtc, QObject *parent = nullptr);

    // Who asks: a session's servers follow each other, and each counts its questions anew.
    struct Source {
        QString session = {};
        quint64 link = 0;
        quint64 number = 0;
    };

    // decide() may be called at once; it is not called after withdraw() or leave().
    void ask(const Source &source, ApprovalRequest request, std::function<void(Decision)> decide);
    void withdraw(const Source &source, bool timedOut);
    void leave(quint64 link); // it is gone

    void choose(const QString &id, Choice choice);

    // What an allowance for a while covers now: "client, tool, profile", until when; for the window to show and end.
    struct Grant {
        QString client, profile, tool;
        QDateTime until;
    };
    QList<Grant> grants() const;
    void endGrants();

Q_SIGNALS:
    void changed(mcp::Approval approval);
    void grantsChanged();

private:
    struct Open {
        Approval approval;
        quint64 link = 0;
        quint64 number = 0;
        std::function<void(Decision)> decide = {};
    };

    bool isGranted(const ApprovalRequest &request) const;
    bool takeTicket(const QString &digest);
    void reserve(Open &open);
    void settle(Open &open, Approval::State state, Decision decision);
    void forgetOld();

    Clock m_clock;
    std::map<QString, Open> m_open; // by id: waiting, expired, reserved, and for ticketTime what was decided
    QList<Grant> m_grants;
    QTimer m_forgetting;
    quint64 m_last = 0;
};

} // namespace mcp

Q_DECLARE_METATYPE(mcp::Approval)
