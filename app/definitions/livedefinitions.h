// The definitions of one server as names and versions, kept at what the server says while somebody looks. The page owns it.
#pragma once

#include "app/core/poller.h"
#include "conductor/api/client.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace app {

class LiveDefinitions : public QObject
{
    Q_OBJECT

public:
    static constexpr Pace pace{std::chrono::milliseconds(15'000), std::chrono::milliseconds(15'000), std::chrono::milliseconds(60'000)};

    explicit LiveDefinitions(conductor::Client client, QObject *parent = nullptr);
    ~LiveDefinitions() override;

    void setLive(bool live) { m_poller.setLive(live); }
    void refresh() { m_poller.wake(); }

    const std::vector<conductor::DefinitionVersion> &versions() const { return m_versions; }
    bool isAnswered() const { return m_answered; }
    const std::optional<conductor::Error> &error() const { return m_error; } // of the last question

Q_SIGNALS:
    void shown();
    void failed();
    void loadingChanged(bool loading); // the first time only

private:
    conductor::Reply<Activity> ask();

    conductor::Client m_client;
    Poller m_poller;
    std::stop_source m_stop;
    std::vector<conductor::DefinitionVersion> m_versions;
    std::optional<conductor::Error> m_error;
    bool m_answered = false;
};

} // namespace app
