// What runs on one server and what failed there lately, kept current while somebody looks. The overview owns one per server.
#pragma once

#include "app/core/poller.h"
#include "app/executions/executionsmodel.h"
#include "conductor/api/client.h"

#include <optional>

namespace app {

class ServerWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr int rowsShown = 5;
    static constexpr Pace pace{std::chrono::milliseconds(2'000), std::chrono::milliseconds(5'000), std::chrono::milliseconds(60'000)};

    ServerWatch(conductor::Client client, Clock clock, QObject *parent = nullptr);
    ~ServerWatch() override;

    void setLive(bool live);
    void refresh();
    void tick();

    ExecutionsModel &running() { return m_running; }
    ExecutionsModel &failed() { return m_failed; } // ended within the last 24 h
    qint64 runningTotal() const { return m_runningTotal; }
    qint64 failedTotal() const { return m_failedTotal; }
    bool isAnswered() const { return m_answered; }
    const std::optional<conductor::Error> &error() const { return m_error; } // of the last question

Q_SIGNALS:
    void changed(); // answered, or failed

private:
    conductor::Reply<Activity> ask();

    conductor::Client m_client;
    Clock m_clock;
    ExecutionsModel m_running;
    ExecutionsModel m_failed;
    Poller m_poller;
    std::stop_source m_stop;
    qint64 m_runningTotal = 0;
    qint64 m_failedTotal = 0;
    bool m_answered = false;
    std::optional<conductor::Error> m_error;
};

} // namespace app
