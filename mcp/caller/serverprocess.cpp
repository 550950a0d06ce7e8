#include "mcp/caller/serverprocess.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {

ServerProcess::ServerProcess(const QString &program, const QStringList &arguments, QObject *parent)
    : Link(parent)
{
    m_insist.setInterval(2000);
    m_insist.callOnTimeout(this, [this] { m_insistence++ == 0 ? m_process.terminate() : m_process.kill(); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ServerProcess::readSome);
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] { Q_EMIT wrote(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::bytesWritten, this, [this] {
        if (unsent() < highWater)
            Q_EMIT drained();
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this, program](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(u"%1 cannot be started: %2"_s.arg(program, m_process.errorString()));
    });
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        finish(status == QProcess::NormalExit ? u"exit code %1"_s.arg(code) : u"killed by signal %1"_s.arg(code));
    });
    // Later: whoever makes it connects first.
    QMetaObject::invokeMethod(this, [this, program, arguments] { start(program, arguments); }, Qt::QueuedConnection);
}

ServerProcess::~ServerProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    m_process.terminate();
    if (!m_process.waitForFinished(500)) {
        m_process.kill();
        m_process.waitForFinished(1000);
    }
}

void ServerProcess::start(const QString &program, const QStringList &arguments)
{
    if (m_closed) {
        finish(u"closed before it was started"_s);
        return;
    }
    m_process.start(program, arguments);
    if (m_process.isOpen())
        m_process.write(std::exchange(m_early, {}));
}

void ServerProcess::send(const QByteArray &line)
{
    if (!m_end.isEmpty() || m_closed)
        return;
    if (m_process.isOpen())
        m_process.write(QByteArray(line + '\n'));
    else
        m_early += line + '\n';
}

void ServerProcess::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused)
        QMetaObject::invokeMethod(this, &ServerProcess::readSome, Qt::QueuedConnection);
}

void ServerProcess::close()
{
    m_closed = true;
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    m_insist.start();
}

void ServerProcess::readSome()
{
    while (!m_paused && m_process.bytesAvailable() > 0) {
        const std::vector<LineReader::Line> lines = m_lines.feed(m_process.read(256 * 1024));
        for (const LineReader::Line &line : lines) {
            if (line.tooLong)
                Q_EMIT overlong();
            else
                Q_EMIT received(line.bytes);
        }
    }
}

// What it had said before it ended is received first; half a line is dropped.
void ServerProcess::finish(const QString &how)
{
    if (!m_end.isEmpty())
        return;
    m_insist.stop();
    m_paused = false;
    readSome();
    m_end = how;
    Q_EMIT closed();
}

} // namespace mcp
