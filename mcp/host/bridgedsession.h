// One AI client whose server is a child of the companion: the door's link, the relay, and the child that is replaced when it dies.
#pragma once

#include "mcp/host/child.h"
#include "mcp/host/rendezvous.h"
#include "mcp/host/relay.h"
#include "mcp/host/sessioninfo.h"

#include <QTimer>

#include <deque>
#include <memory>

namespace mcp {

// One line that went through a session.
struct TrafficLine {
    QDateTime time;
    Relay::Direction direction = Relay::Direction::FromClient;
    QByteArray line;
};

class BridgedSession : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype keptTraffic = 8 * 1024 * 1024; // bytes
    static constexpr qsizetype keptStderr = 1024 * 1024;

    BridgedSession(QString id, const Hello &hello, std::unique_ptr<Link> door, std::shared_ptr<const ToolRegistry> effects, Child::Command command,
                   QObject *parent = nullptr);
    ~BridgedSession() override;

    void begin();

    // Ends the child and lets go of the door, which serves on by itself.
    void leave();
    // The same, but the door ends too: the client reads the end of its input.
    void dismiss();

    // Goes on with a server process of the program as it is now, as soon as no call is on its way.
    void renew();
    void lookAtProgram(); // somebody may have updated it: info() says so

    const SessionInfo &info() const { return m_info; }
    const std::deque<TrafficLine> &traffic() const { return m_traffic; }
    const QByteArray &errorOutput() const { return m_stderr; }

Q_SIGNALS:
    void changed();
    void childDied(qint64 pid, QDateTime startedAt, QString how); // not of its own will
    void answeredInstead(QJsonObject request, QString text);      // see Relay
    void ended(); // the door is gone and so is the child

private:
    void startChild();
    void replaceChild();
    void startLater(int deaths);
    void renewIfIdle();
    void retireChild();
    void keep(Relay::Direction direction, const QByteArray &line);
    void keepStderr(const QByteArray &text);
    void endIfOver();

    SessionInfo m_info;
    Child::Command m_command;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<Child> m_child;
    QTimer m_backOff;
    int m_retiring = 0; // children that still have to exit
    int m_diedUnheard = 0; // children in a row that ended before they answered anything
    bool m_leaving = false;
    bool m_renewing = false; // wanted, or being done
    std::deque<TrafficLine> m_traffic;
    qsizetype m_trafficBytes = 0;
    QByteArray m_stderr;
};

} // namespace mcp
