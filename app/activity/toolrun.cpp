#include "app/activity/toolrun.h"

#include "mcp/host/child.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QTimer>

using namespace Qt::StringLiterals;
using conductor::Error;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr qsizetype largest = 16 * 1024 * 1024; // of an answer

// One process on its way; deletes itself when it has ended, which it does in time, or with the program.
class Running : public QObject
{
public:
    Running(const QString &program, const ToolCall &call, std::chrono::milliseconds patience)
        : QObject(QCoreApplication::instance())
    {
        m_process.setProcessEnvironment(mcp::serverEnvironment());
        m_promise.start();
        m_timer.setSingleShot(true);
        m_timer.callOnTimeout(this, [this] {
            end(Failure({Error::Kind::Timeout, u"The call took too long"_s, u"What it did is unknown: look at the server"_s}));
            m_process.kill();
        });
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
            m_out += m_process.readAllStandardOutput();
            if (m_out.size() > largest) {
                end(Failure({Error::Kind::Server, u"The answer is larger than 16 MiB"_s, u"Ask for less"_s}));
                m_process.kill();
            }
        });
        connect(&m_process, &QProcess::readyReadStandardError, this, [this] { m_said = QByteArray(m_said + m_process.readAllStandardError()).right(64 * 1024); });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error != QProcess::FailedToStart)
                return;
            end(Failure({Error::Kind::Server, u"%1 cannot be started: %2"_s.arg(m_process.program(), m_process.errorString()), u"Install Conductor Companion anew"_s}));
            deleteLater();
        });
        connect(&m_process, &QProcess::finished, this, &Running::finished);
        m_timer.start(patience);
        // Arguments go to its standard input: those on a command line are for everybody to see.
        m_process.start(program, {u"call"_s, u"--profile"_s, call.profile, u"--json"_s, call.tool, u"-"_s});
        m_process.write(QJsonDocument(call.arguments).toJson(QJsonDocument::Compact));
        m_process.closeWriteChannel();
    }

    ~Running() override
    {
        m_process.disconnect(this);
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished(1000);
        }
    }

    Reply<ToolAnswer> future() { return m_promise.future(); }

private:
    void finished(int code)
    {
        m_out += m_process.readAllStandardOutput();
        m_said += m_process.readAllStandardError();
        QString said = QString::fromUtf8(m_said).trimmed();
        const QString prefix = u"conductor-mcp: "_s;
        if (said.startsWith(prefix))
            said.remove(0, prefix.size());
        end(ToolAnswer{code == 0 && m_process.exitStatus() == QProcess::NormalExit, QJsonDocument::fromJson(m_out).object(), said});
        deleteLater();
    }

    void end(Result<ToolAnswer> result)
    {
        m_timer.stop();
        if (m_over)
            return;
        m_over = true;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    QProcess m_process;
    QPromise<Result<ToolAnswer>> m_promise;
    QTimer m_timer;
    QByteArray m_out;
    QByteArray m_said;
    bool m_over = false;
};

} // namespace

Reply<ToolAnswer> carryOut(QString program, ToolCall call, std::chrono::milliseconds patience)
{
    auto *running = new Running(program, call, patience);
    return running->future();
}

} // namespace app
