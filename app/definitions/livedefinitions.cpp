#include "app/definitions/livedefinitions.h"

using conductor::DefinitionVersion;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr std::chrono::seconds patience{20};

} // namespace

LiveDefinitions::LiveDefinitions(conductor::Client client, QObject *parent)
    : QObject(parent)
    , m_client(std::move(client))
    , m_poller([this] { return ask(); }, pace)
{
    connect(&m_poller, &Poller::askingChanged, this, [this](bool asking) { Q_EMIT loadingChanged(asking && !m_answered); });
}

LiveDefinitions::~LiveDefinitions()
{
    m_stop.request_stop();
}

Reply<Activity> LiveDefinitions::ask()
{
    const conductor::Client client = m_client.within(m_stop.get_token(), QDeadlineTimer(patience));
    Result<std::vector<DefinitionVersion>> versions = co_await outcome(client.definitions().versions());
    if (!versions) {
        m_error = versions.error();
        Q_EMIT failed();
        co_return Failure(versions.error());
    }
    m_error.reset();
    m_answered = true;
    m_versions = std::move(*versions);
    Q_EMIT shown();
    co_return Activity::Idle;
}

} // namespace app
