#include "conductor/local/demo.h"

#include "conductor/base/delay.h"
#include "conductor/local/demodefinitions.h"

namespace conductor {
namespace {

constexpr std::chrono::seconds pauseAfterTrouble(5);

} // namespace

Demo::Demo(LocalServer &server, DemoWorkers::Pace pace, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_pace(pace)
{
    connect(&m_server, &LocalServer::stateChanged, this, &Demo::follow);
}

Demo::Demo(LocalServer &server, QObject *parent)
    : Demo(server, DemoWorkers::Pace(), parent)
{
}

void Demo::start()
{
    if (m_wanted)
        return;
    m_wanted = true;
    follow();
}

void Demo::stop()
{
    m_wanted = false;
    follow();
}

std::optional<Error> Demo::trouble() const
{
    return m_workers ? m_workers->trouble() : m_trouble;
}

// A server that has gone may come back on another port: its workers go with it.
void Demo::follow()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    if (m_workers) {
        m_workers->disconnect(this);
        m_workers->stop();
        m_workers->deleteLater(); // this may be its own signal
        m_workers = nullptr;
    }
    m_trouble.reset();
    if (m_wanted && m_server.state() == LocalServer::State::Ready)
        begin(m_stop.get_token());
    Q_EMIT changed();
}

Reply<Done> Demo::begin(std::stop_token stop)
{
    const QUrl url = m_server.url();
    const Client client = Client::to(url, fixedKey({}));
    const Client bound = client.within(stop, QDeadlineTimer::Forever);
    for (;;) {
        const Result<Done> installed = co_await outcome(installDemo(bound, url));
        if (stop.stop_requested())
            co_return Done{};
        if (installed)
            break;
        m_trouble = installed.error();
        Q_EMIT changed();
        co_await delay(pauseAfterTrouble, stop);
    }
    m_trouble.reset();
    m_workers = new DemoWorkers(client, m_pace, this);
    connect(m_workers, &DemoWorkers::changed, this, &Demo::changed);
    connect(m_workers, &DemoWorkers::runStarted, this, &Demo::runStarted);
    m_workers->start();
    co_return Done{};
}

} // namespace conductor
