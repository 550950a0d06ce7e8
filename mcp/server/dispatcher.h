// Carries out tool calls. The one place where policy and freeze apply, however the client came.
#pragma once

#include "mcp/policy/freeze.h"
#include "mcp/protocol/message.h"
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
        bool refused = false; // by freeze
        qint64 tookMs = 0;
        const QObject *caller = nullptr; // as in the call: a process may serve several sessions
    };

    Dispatcher(std::shared_ptr<const ToolRegistry> tools, std::shared_ptr<FreezeFile> freeze);

    const ToolRegistry &tools() const { return *m_tools; }

    // The answer of a tool. A wrong argument, a refusal and any trouble with the server are an answer with isError; the only
    // Error is Cancelled, when the call's stop was requested. Precondition: the tool exists.
    conductor::Reply<Answer> call(QString tool, Call call);

Q_SIGNALS:
    void called(mcp::Dispatcher::Outcome outcome);

private:
    conductor::Reply<Answer> carryOut(const ToolRegistry::Entry *entry, Effect effect, Call call);
    void stopReads(Freeze freeze);

    std::shared_ptr<const ToolRegistry> m_tools;
    std::shared_ptr<FreezeFile> m_freeze;
    QHash<quint64, std::shared_ptr<std::stop_source>> m_reads; // on their way
    quint64 m_lastCall = 0;
};

// The answer for what kept a tool from having one.
Answer failed(const conductor::Error &error);

} // namespace mcp
