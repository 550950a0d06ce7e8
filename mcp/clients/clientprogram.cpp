#include "mcp/clients/clientprogram.h"

#include <QFileInfo>
#include <QProcess>
#include <QTimer>

#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr qsizetype mostOutput = 64 * 1024;

// Deletes itself when it has answered.
class Run : public QProcess
{
public:
    Run(QString program, std::chrono::milliseconds limit)
        : m_program(std::move(program))
    {
        m_promise.start();
        setProcessChannelMode(MergedChannels);
        setStandardInputFile(nullDevice());
        setChildProcessModifier([] { setsid(); });
        m_limit.setSingleShot(true);
        m_limit.setInterval(limit);
        connect(this, &QProcess::readyRead, this, [this] { read(); });
        connect(this, &QProcess::finished, this, [this](int code, ExitStatus status) {
            read();
            answer(ProgramEnd{status == NormalExit ? code : -1, m_output});
        });
        connect(this, &QProcess::errorOccurred, this, [this](ProcessError error) {
            if (error == FailedToStart)
                answer(Failure({Error::Kind::NotFound, u"%1 cannot be started: %2"_s.arg(m_program, errorString())}));
        });
        connect(&m_limit, &QTimer::timeout, this, [this] {
            ::kill(-pid_t(processId()), SIGKILL);
            answer(Failure({Error::Kind::Timeout, u"%1 did not answer within %2 s"_s.arg(m_program).arg(m_limit.interval() / 1000)}));
        });
    }

    Reply<ProgramEnd> reply() { return m_promise.future(); }
    void begin(const QStringList &arguments)
    {
        m_limit.start();
        start(m_program, arguments);
    }

private:
    void read()
    {
        const QByteArray more = readAll();
        m_output += more.first(std::min(more.size(), mostOutput - m_output.size()));
    }

    void answer(Result<ProgramEnd> result)
    {
        if (m_answered)
            return;
        m_answered = true;
        m_limit.stop();
        m_promise.addResult(std::move(result));
        m_promise.finish();
        deleteLater();
    }

    const QString m_program;
    QByteArray m_output;
    QTimer m_limit;
    QPromise<Result<ProgramEnd>> m_promise;
    bool m_answered = false;
};

} // namespace

Reply<ProgramEnd> runProgram(QString program, QStringList arguments, QStringList directories, std::chrono::milliseconds limit)
{
    auto *run = new Run(program, limit);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, directories.join(u':'));
    run->setProcessEnvironment(environment);
    const Reply<ProgramEnd> reply = run->reply();
    run->begin(arguments);
    return reply;
}

QString findProgram(const QStringList &names, const QStringList &directories)
{
    for (const QString &name : names) {
        for (const QString &directory : directories) {
            const QFileInfo file(QString(directory + u'/' + name));
            if (file.isFile() && file.isExecutable())
                return file.filePath();
        }
    }
    return {};
}

} // namespace mcp
