// The desk links of clients that have no sessions (2026-07-28 over HTTP): one for each name and version, so that the companion
// shows a client rather than each of its requests. The service of an HTTP server owns it.
#pragma once

#include "mcp/host/desklink.h"

#include <map>

namespace mcp {

class ClientLinks : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype most = 64; // names are what clients say of themselves: they cannot fill the list

    // silence: how long a client is shown after its last request.
    ClientLinks(Hello hello, Dispatcher *dispatcher, std::shared_ptr<SessionDesks> desks, std::chrono::milliseconds silence = std::chrono::minutes(10),
                QObject *parent = nullptr);

    // The session of one request: it belongs to its client as soon as that has said who it is.
    void attend(Session *session);

    qsizetype count() const { return qsizetype(m_links.size()); }

private:
    using Name = std::pair<QString, QString>; // and version

    void join(Session *session);
    bool makeRoom();
    void endSilent();

    Hello m_hello;
    Dispatcher *m_dispatcher;
    std::shared_ptr<SessionDesks> m_desks;
    std::chrono::milliseconds m_silence;
    std::map<Name, std::unique_ptr<DeskLink>> m_links;
    QTimer m_sweep;
};

} // namespace mcp
