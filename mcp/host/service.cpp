#include "mcp/host/service.h"

#include "mcp/host/desklink.h"
#include "mcp/policy/guard.h"
#include "mcp/tools/catalogue.h"

#include <QCoreApplication>

#include <unistd.h>

using namespace conductor;

namespace mcp {

Service::Service(Configuration configuration)
    : m_configuration(std::move(configuration))
    , m_freeze(std::make_shared<FreezeFile>())
{
    auto backend = std::make_shared<Backend>([given = m_configuration, freeze = m_freeze]() -> Result<Client> {
        return Client(guarded(transportTo(given.url, fixedKey(given.key)), freeze));
    });
    m_dispatcher = std::make_shared<Dispatcher>(tools::catalogue(backend), m_freeze);
}

Service::~Service() = default;

std::unique_ptr<Session> Service::makeSession(const QString &session)
{
    auto made = std::make_unique<Session>(m_dispatcher);
    const Hello hello = introduction(Hello::Purpose::Desk, m_configuration, session);
    new DeskLink(hello, made.get(), m_dispatcher.get(), made.get());
    // Watching costs a descriptor and some time; a stop matters only to calls, which come after this.
    QObject::connect(made.get(), &Session::identified, m_freeze.get(), &FreezeFile::watch);
    return made;
}

Hello introduction(Hello::Purpose purpose, const Configuration &configuration, const QString &session)
{
    Hello hello;
    hello.purpose = purpose;
    hello.version = QStringLiteral(COMPANION_VERSION);
    hello.profile = configuration.profile;
    hello.session = session;
    hello.pid = QCoreApplication::applicationPid();
    hello.parentPid = ::getppid();
    return hello;
}

} // namespace mcp
