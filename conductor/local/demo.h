// The demo as a whole: registers the sample definitions whenever the local server has come up, and lets workers drive them.
// Owned by the composition root, beside the local server.
#pragma once

#include "conductor/local/demoworkers.h"
#include "conductor/local/localserver.h"

namespace conductor {

class Demo : public QObject
{
    Q_OBJECT

public:
    explicit Demo(LocalServer &server, QObject *parent = nullptr); // the server outlives it
    Demo(LocalServer &server, DemoWorkers::Pace pace, QObject *parent = nullptr);

    // From now on, whenever the server is ready. Does not start the server.
    void start();
    void stop();

    bool isWanted() const { return m_wanted; } // start() was called, and stop() not since
    bool isWorking() const { return m_workers && m_workers->isWorking(); }
    std::optional<Error> trouble() const;

Q_SIGNALS:
    void changed();
    void runStarted(const QString &executionId);

private:
    void follow();
    Reply<Done> begin(std::stop_token stop);

    LocalServer &m_server;
    DemoWorkers::Pace m_pace;
    QPointer<DemoWorkers> m_workers; // a child
    std::optional<Error> m_trouble; // why the definitions could not be registered
    std::stop_source m_stop;
    bool m_wanted = false;
};

} // namespace conductor
