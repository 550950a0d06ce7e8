// Carries out tool calls. The one place where policy, freeze and audit apply, however the client came.
#pragma once

#include "mcp/audit/metrics.h"
#include "mcp/audit/trail.h"
#include "mcp/policy/freeze.h"
#include "mcp/protocol/message.h"
#include "mcp/server/gate.h"
#include "mcp/server/toolregistry.h"

#include <QElapsedTimer>
#include <QHash>

#include <chrono>

namespace mcp {

class Dispatcher : public QObject
{
    Q_OBJECT

public:
    // How long a call may take: most clients give up after 60 s, and an answer must come before.
    static constexpr std::chrono::seconds patience{55};

    struct Outcome {
        QString tool;
        Effect effect;
        bool isError = false;
        bool refused = false; // by freeze, policy or a person
        qint64 tookMs = 0;
        const QObject *caller = nullptr; // as in the call: a process may serve several sessions
    };

    struct Setup {
        std::shared_ptr<const ToolRegistry> tools;
        std::shared_ptr<FreezeFile> freeze;
        std::shared_ptr<Gate> gate = {};        // none: everything that is not frozen may be done
        std::shared_ptr<AuditTrail> audit = {}; // none: nothing is kept
        std::shared_ptr<Metrics> metrics = {};  // none: nothing is counted
    };

    explicit Dispatcher(Setup setup);
    ~Dispatcher() override; // calls that change something and have no end yet are kept as unknown

    const ToolRegistry &tools() const { return *m_tools; }

    // The answer of a tool. A wrong argument, a refusal and any trouble with the server are an answer with isError; the only
    // Error is Cancelled, when the call's stop was requested. Precondition: the tool exists.
    conductor::Reply<Answer> call(QString tool, Call call);

Q_SIGNALS:
    void called(mcp::Dispatcher::Outcome outcome);

private:
    // A call on its way, for the audit and the metrics.
    struct Record {
        AuditedCall call;
        const QObject *caller = nullptr;
        AuditTrail::Ticket ticket = 0; // when it was begun in the audit
        QElapsedTimer clock = {};
        std::shared_ptr<int> requests = std::make_shared<int>(0);
    };

    struct Asking {
        Effect::Kind effect;
        std::shared_ptr<std::stop_source> stop;
    };

    QString refusalOf(const Tool &tool, const Effect &effect) const;
    conductor::Reply<Answer> askFirst(const ToolRegistry::Entry *entry, Record record, Call call);
    conductor::Reply<Answer> carryOut(const ToolRegistry::Entry *entry, Record record, Call call);
    Answer refuse(const Record &record, AuditedEnd::Outcome outcome, Answer answer);
    void close(const Record &record, AuditedEnd::Outcome outcome, const Answer &answer);
    conductor::Request::Observer observerOf(const Record &record) const;
    void obeyFreeze(Freeze freeze);

    std::shared_ptr<const ToolRegistry> m_tools;
    std::shared_ptr<FreezeFile> m_freeze;
    std::shared_ptr<Gate> m_gate;
    std::shared_ptr<AuditTrail> m_audit;
    std::shared_ptr<Metrics> m_metrics;
    QHash<AuditTrail::Ticket, QElapsedTimer> m_begun; // calls that change something, on their way
    QHash<quint64, std::shared_ptr<std::stop_source>> m_reads; // on their way
    QHash<quint64, Asking> m_asking; // calls that wait for a person
    quint64 m_lastCall = 0;
};

// The answer for what kept a tool from having one.
Answer failed(const conductor::Error &error);

} // namespace mcp
