#include "mcp/host/httpsupervisor.h"

#include "mcp/host/httpreport.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {
namespace {

constexpr qint64 lastingMs = 30'000; // who served that long was in order
constexpr qsizetype keptWords = 600;

} // namespace

HttpSupervisor::HttpSupervisor(QString program, QProcessEnvironment environment, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_environment(std::move(environment))
{
    m_backOff.setSingleShot(true);
    m_backOff.callOnTimeout(this, &HttpSupervisor::goOn);
    m_patience.setSingleShot(true);
    m_patience.setInterval(20s); // a keychain alone may take five
    m_patience.callOnTimeout(this, &HttpSupervisor::lose);
}

HttpSupervisor::~HttpSupervisor() = default;

void HttpSupervisor::want(std::optional<HttpWish> wish)
{
    if (wish == m_wish && wish)
        return;
    m_wish = std::move(wish);
    m_info.profileId = m_wish ? m_wish->profileId : m_info.profileId;
    m_info.port = m_wish ? m_wish->port : m_info.port;
    tryAgain();
}

void HttpSupervisor::tryAgain()
{
    m_backOff.stop();
    m_deaths = 0;
    m_info.trouble.reset();
    if (m_child)
        retire(); // its port is free only once it is gone
    else
        goOn();
}

void HttpSupervisor::goOn()
{
    if (m_wish)
        start();
    else
        QMetaObject::invokeMethod(this, [this] { Q_EMIT ended(); }, Qt::QueuedConnection);
}

void HttpSupervisor::start()
{
    m_retiring = false;
    m_died = false;
    m_lastWords.clear();
    const QStringList arguments{u"--http"_s,    u"127.0.0.1:%1"_s.arg(m_wish->port), u"--profile"_s,
                                m_wish->profile, u"--supervised"_s,                   QString::number(m_info.restarts)};
    m_child = std::make_unique<Child>(Child::Command{m_program, arguments, m_environment});
    connect(m_child.get(), &Child::wrote, this, [this](const QByteArray &text) { m_lastWords = QByteArray(m_lastWords + text).right(keptWords); });
    connect(m_child.get(), &Child::exited, this, &HttpSupervisor::takeExit);
    Result<std::unique_ptr<Link>> link = m_wish->port > 0
        ? m_child->start()
        : Failure({Error::Kind::Validation, u"The profile's HTTP server has no port from 1 to 65535"_s, u"Choose one"_s});
    if (!link) {
        m_child.reset();
        m_info.trouble = link.error();
        tell(HttpInfo::State::Failed);
        return;
    }
    m_link = std::move(*link);
    connect(m_link.get(), &Link::received, this, &HttpSupervisor::hear);
    connect(m_link.get(), &Link::closed, this, &HttpSupervisor::lose);
    m_patience.start();
    m_info.pid = m_child->pid();
    tell(HttpInfo::State::Starting);
}

void HttpSupervisor::hear(const QByteArray &line)
{
    const std::optional<HttpReport> report = HttpReport::fromLine(line);
    if (!report || m_retiring)
        return;
    m_patience.stop();
    if (report->failure) {
        m_info.trouble = report->failure;
        return; // it ends now
    }
    m_info.address = report->address;
    m_info.since = QDateTime::currentDateTimeUtc();
    tell(HttpInfo::State::Serving);
}

// It has ended, or does not come up.
void HttpSupervisor::lose()
{
    if (m_retiring)
        return;
    if (!m_info.trouble) {
        const bool lasted = m_info.state == HttpInfo::State::Serving && m_info.since.msecsTo(QDateTime::currentDateTimeUtc()) >= lastingMs;
        m_deaths = lasted ? 0 : m_deaths + 1;
        m_died = true;
        ++m_info.restarts;
    }
    retire();
}

// Its line is cut; it is gone already or will be made to go.
void HttpSupervisor::retire()
{
    if (std::exchange(m_retiring, true))
        return;
    m_patience.stop();
    m_link->disconnect(this);
    m_link->close();
    m_link.release()->deleteLater(); // it may be its own signal that brought us here
    m_info.address.clear();
    m_child->end();
}

void HttpSupervisor::takeExit(const QString &how)
{
    const qint64 pid = m_child->pid();
    const QDateTime startedAt = m_child->startedAt();
    m_child.release()->deleteLater();
    m_info.pid = 0;
    m_info.lastExit = how;
    if (how != u"exit code 0")
        Q_EMIT childDied(pid, startedAt, how);
    if (m_info.trouble && m_wish) {
        tell(HttpInfo::State::Failed);
    } else if (m_died && m_wish) {
        qWarning("the HTTP server of profile %s ended: %s. %s", qPrintable(m_wish->profile), qPrintable(how), m_lastWords.constData());
        m_backOff.start(backOffAfter(m_deaths));
        tell(HttpInfo::State::Restarting);
    } else {
        goOn();
    }
}

void HttpSupervisor::tell(HttpInfo::State state)
{
    m_info.state = state;
    Q_EMIT changed();
}

} // namespace mcp
