#include "conductor/local/localserver.h"

#include "conductor/base/delay.h"
#include "conductor/base/directories.h"
#include "conductor/base/privatefile.h"
#include "conductor/local/serverdeath.h"
#include "conductor/local/serverfiles.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTcpServer>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr std::chrono::milliseconds firstPause(200);
constexpr std::chrono::milliseconds longestPause(2000);
constexpr int healthPatienceMs = 2000;
constexpr int portsTried = 3;

// The preferred port of 127.0.0.1 when nobody listens on it, else one that is free just now.
int freePort(int preferred)
{
    QTcpServer probe;
    if (preferred > 0 && preferred <= 65535 && probe.listen(QHostAddress::LocalHost, quint16(preferred)))
        return preferred;
    return probe.listen(QHostAddress::LocalHost, 0) ? probe.serverPort() : 0;
}

// What the server may see of our environment: Spring takes any variable for a setting, and none of ours is meant for it.
QProcessEnvironment smallEnvironment()
{
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment small;
    for (const QString &name : {u"PATH"_s, u"HOME"_s, u"USER"_s, u"LOGNAME"_s, u"LANG"_s, u"LC_ALL"_s, u"TZ"_s}) {
        if (ours.contains(name))
            small.insert(name, ours.value(name));
    }
    return small;
}

// Runs in the child between fork and exec: nothing here may allocate.
void becomeServer(pid_t parent, int lock)
{
    setpgid(0, 0); // Ctrl-C in our terminal is for us; and a java that is a script is ended with what it started
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) // we ended before prctl
        _exit(1);
    fcntl(lock, F_SETFD, 0); // the directory stays locked for as long as the server lives
}

} // namespace

LocalServer::LocalServer(QString directory, Patience patience, QObject *parent)
    : QObject(parent)
    , m_directory(std::move(directory))
    , m_patience(std::move(patience))
    , m_log(m_directory + u"/server.log"_s)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setProcessEnvironment(smallEnvironment());
    m_process.setWorkingDirectory(m_directory);
    connect(&m_process, &QProcess::readyRead, this, [this] { m_log.add(m_process.readAll()); });
    connect(&m_process, &QProcess::finished, this, &LocalServer::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &LocalServer::onError);
    m_restart.setSingleShot(true);
    m_restart.callOnTimeout(this, &LocalServer::begin);
    m_kill.setSingleShot(true);
    m_kill.callOnTimeout(this, [this] { signalGroup(SIGKILL); });
}

LocalServer::LocalServer(QObject *parent)
    : LocalServer(dataDirectory() + u"/local-server"_s, Patience(), parent)
{
}

LocalServer::~LocalServer()
{
    m_attempt.request_stop();
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        signalGroup(SIGKILL);
        m_process.waitForFinished(5000);
    }
}

QUrl LocalServer::url() const
{
    return m_port > 0 ? QUrl(u"http://127.0.0.1:%1/api"_s.arg(m_port)) : QUrl();
}

void LocalServer::start()
{
    if (m_state == State::Stopping)
        m_startAgain = true;
    if (m_state == State::Stopping || m_state == State::Starting || m_state == State::Ready)
        return;
    m_crashes = 0;
    m_portsLost = 0;
    become(State::Starting);
    begin();
}

void LocalServer::stop()
{
    m_startAgain = false;
    m_restart.stop();
    m_attempt.request_stop();
    if (m_process.state() != QProcess::NotRunning && m_state != State::Stopping) {
        become(State::Stopping);
        signalGroup(SIGTERM);
        m_kill.start(m_patience.end);
    } else if (m_state == State::Starting) {
        m_lock.release();
        become(State::Stopped);
    }
}

void LocalServer::become(State state, std::optional<Error> trouble)
{
    m_state = state;
    m_trouble = std::move(trouble);
    m_since = QDateTime::currentDateTime();
    Q_EMIT stateChanged(state);
}

void LocalServer::giveUp(State state, Error trouble)
{
    m_attempt.request_stop();
    m_lock.release();
    become(state, std::move(trouble));
}

void LocalServer::begin()
{
    m_attempt = std::stop_source();
    m_verdict.reset();
    bringUp(m_attempt.get_token());
}

// Its end is told by become() and giveUp(); where the attempt was stopped, whoever stopped it has told.
Reply<Done> LocalServer::bringUp(std::stop_token stop)
{
    const Result<QString> jar = findServerJar();
    const Result<QString> java = co_await outcome(findJava());
    if (stop.stop_requested())
        co_return Done{};
    if (!jar || !java) {
        giveUp(State::Absent, jar ? java.error() : jar.error());
        co_return Done{};
    }
    const Result<Done> taken = co_await outcome(takeDirectory(stop));
    if (stop.stop_requested())
        co_return Done{};
    if (!taken) {
        giveUp(State::Failed, taken.error());
        co_return Done{};
    }

    launch(*java, *jar);
    const Result<Done> ready = co_await outcome(becomeReady(stop));
    if (stop.stop_requested())
        co_return Done{};
    if (ready) {
        become(State::Ready);
    } else {
        m_verdict = ready.error();
        signalGroup(SIGKILL);
    }
    co_return Done{};
}

Reply<Done> LocalServer::takeDirectory(std::stop_token stop)
{
    const QDeadlineTimer deadline(m_patience.lock);
    for (;;) {
        const Result<Done> taken = m_lock.take(m_directory);
        if (taken || taken.error().kind != Error::Kind::Conflict)
            co_return taken;
        if (deadline.hasExpired())
            co_return Failure({Error::Kind::Conflict, u"The local Conductor server runs already: "_s + taken.error().message,
                               u"Use that one, or end the program that started it"_s});
        co_await delay(std::chrono::milliseconds(100), stop);
    }
}

Reply<Done> LocalServer::becomeReady(std::stop_token stop)
{
    const QDeadlineTimer deadline(m_patience.ready);
    std::chrono::milliseconds pause = firstPause;
    while (!deadline.hasExpired()) {
        co_await delay(pause, stop);
        const bool healthy = co_await askHealth();
        if (healthy)
            co_return Done{};
        pause = std::min(pause * 3 / 2, longestPause);
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_patience.ready).count();
    co_return Failure({Error::Kind::Timeout, u"The local Conductor server did not answer within %1 s"_s.arg(seconds),
                       u"The machine may be overloaded; its log says how far it came"_s});
}

void LocalServer::launch(const QString &java, const QString &jar)
{
    m_log.open(); // without a file its lines are kept all the same
    const QString portFile = m_directory + u"/port"_s;
    const int before = m_port > 0 ? m_port : readWhole(portFile, 16).value_or(QByteArray()).trimmed().toInt();
    m_port = freePort(before);
    if (m_port != before) {
        const Result<Done> kept = writePrivately(portFile, QByteArray::number(m_port) + '\n');
        if (!kept)
            m_log.add("The port cannot be kept: " + kept.error().message.toUtf8() + '\n');
    }

    // Java's scratch files outlive it when it is killed; below a directory of its own they are cleared here.
    const QString scratch = m_directory + u"/tmp"_s;
    QDir(scratch).removeRecursively();
    makePrivateDirectory(scratch);

    m_mark = "local-" + QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    m_process.setChildProcessModifier([parent = getpid(), lock = m_lock.descriptor()] { becomeServer(parent, lock); });
    const ServerPins pins = serverPins();
    const QStringList ofMachine{u"-Duser.home="_s + m_directory, u"-Djava.io.tmpdir="_s + scratch, u"-jar"_s, jar};
    const QStringList ofServer{u"--server.port=%1"_s.arg(m_port), u"--server.address=127.0.0.1"_s, u"--server.server-header="_s + QString::fromLatin1(m_mark)};
    m_process.start(java, pins.javaOptions + ofMachine + pins.serverOptions + ofServer);
}

Reply<bool> LocalServer::askHealth()
{
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/health"_s.arg(m_port)));
    request.setTransferTimeout(healthPatienceMs);
    QNetworkReply *reply = m_network.get(request);
    const auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    const Reply<bool> answer = promise->future();
    connect(reply, &QNetworkReply::finished, reply, [reply, promise, mark = m_mark] {
        // Another program may have the port by now, another Conductor even.
        const bool ours = reply->error() == QNetworkReply::NoError && reply->rawHeader("Server") == mark;
        promise->addResult(ours && QJsonDocument::fromJson(reply->read(64 * 1024)).object()[u"healthy"].toBool());
        promise->finish();
        reply->deleteLater();
    });
    return answer;
}

void LocalServer::signalGroup(int signal)
{
    const qint64 process = m_process.processId();
    if (process > 0 && ::kill(pid_t(-process), signal) != 0)
        ::kill(pid_t(process), signal); // it has not made its group yet
}

void LocalServer::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_kill.stop();
    m_attempt.request_stop();
    m_log.add(m_process.readAll());
    const State before = m_state;
    if (before == State::Stopping) {
        m_lock.release();
        become(State::Stopped);
        if (m_startAgain)
            start();
    } else if (m_verdict) {
        giveUp(State::Failed, *m_verdict);
    } else if (before == State::Starting && lostItsPort(lastLines()) && ++m_portsLost < portsTried) {
        m_port = 0;
        begin();
    } else if (before == State::Ready || m_crashes > 0) {
        comeBack(deathOf(exitCode, status, lastLines()));
    } else {
        giveUp(State::Failed, deathOf(exitCode, status, lastLines()));
    }
}

void LocalServer::onError(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart) // every other error is followed by finished()
        return;
    m_kill.stop();
    if (m_state == State::Stopping) {
        m_lock.release();
        become(State::Stopped);
        return;
    }
    giveUp(State::Failed, {Error::Kind::Server, u"%1 does not start: %2"_s.arg(m_process.program(), m_process.errorString()),
                           u"Set CONDUCTOR_JAVA to a Java that runs"_s});
}

void LocalServer::comeBack(Error trouble)
{
    if (m_state == State::Ready && m_since.msecsTo(QDateTime::currentDateTime()) >= m_patience.settled.count())
        m_crashes = 0;
    if (size_t(m_crashes) >= m_patience.restarts.size()) {
        trouble.message += u" (%1 times in a row)"_s.arg(m_crashes + 1);
        giveUp(State::Failed, std::move(trouble));
        return;
    }
    const std::chrono::milliseconds pause = m_patience.restarts[size_t(m_crashes++)];
    trouble.hint = u"It is started again in %1 s"_s.arg(std::max<qint64>(1, pause.count() / 1000));
    m_restart.start(pause);
    become(State::Starting, std::move(trouble));
}

} // namespace conductor
