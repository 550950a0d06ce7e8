// A session of the console's own with the server of a profile: opened when it is wanted, and what the server offers in it. The
// page owns it.
#pragma once

#include "mcp/caller/conversation.h"
#include "mcp/transport/link.h"

#include <QJsonArray>
#include <QObject>

#include <functional>
#include <memory>

namespace app {

class ConsoleSession : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Starting, Ready, Ended };

    // A link to a server of that profile. By default the program beside this one, as a child.
    using Open = std::function<std::unique_ptr<mcp::Link>(const QString &profile)>;

    struct Offer {
        QJsonObject introduction; // of the server: serverInfo, protocolVersion, capabilities, instructions
        QJsonArray tools, resources, templates, prompts;
    };

    explicit ConsoleSession(Open open, QObject *parent = nullptr);
    ~ConsoleSession() override;

    void setOpen(Open open); // for the sessions that follow

    void start(const QString &profile, mcp::Revision revision); // ends one that runs
    void end();                                                 // the server process too

    State state() const { return m_state; }
    const QString &profile() const { return m_profile; }
    const QString &trouble() const { return m_trouble; } // why it has ended; hostile text
    const Offer &offer() const { return m_offer; }
    mcp::Conversation *conversation() { return m_conversation.get(); } // null while there is none; another after each start

Q_SIGNALS:
    void stateChanged();
    void offerChanged();
    void begun();                    // the conversation is there; nothing was said yet
    void wrote(const QString &text); // to the server's standard error

private:
    conductor::Reply<conductor::Done> introduce();
    conductor::Reply<conductor::Done> readOffer();
    void hear(const QByteArray &text);
    void failEnded();
    void fail(const QString &why);
    void become(State state);

    Open m_open;
    State m_state = State::Idle;
    quint64 m_turn = 0; // counts the sessions
    QString m_profile;
    QString m_trouble;
    QString m_lastWords; // the end of what the server wrote to its standard error
    Offer m_offer;
    std::unique_ptr<mcp::Link> m_link;
    std::unique_ptr<mcp::Conversation> m_conversation;
};

// As a child of ours, with the program given.
ConsoleSession::Open serverProcesses(const QString &program);

} // namespace app
