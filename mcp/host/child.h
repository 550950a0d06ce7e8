// One conductor-mcp server process of the companion's: started on one end of a socket pair, watched, ended for certain.
#pragma once

#include "conductor/base/result.h"
#include "mcp/transport/link.h"

#include <QDateTime>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <memory>

namespace mcp {

// What a server of ours is started with: our own environment, without anything that would configure it another way than its profile.
QProcessEnvironment serverEnvironment();

// How long to wait before another server takes the place of one that died: none when it had answered something, then longer and
// longer. deaths: in a row, of servers that had not.
std::chrono::milliseconds backOffAfter(int deaths);
constexpr int mostBackOffs = 4; // further deaths wait as long as the last of these

class Child : public QObject
{
    Q_OBJECT

public:
    struct Command {
        QString program; // absolute path
        QStringList arguments;
        QProcessEnvironment environment;
    };

    explicit Child(Command command, QObject *parent = nullptr);
    ~Child() override; // kills it if it still runs

    // Its standard input and output as one link. Errors: Server when it cannot be started.
    conductor::Result<std::unique_ptr<Link>> start();

    qint64 pid() const { return m_pid; }
    // Whether another file stands where its program was when it was started: an update.
    bool isOutdated() const;
    QDateTime startedAt() const { return m_startedAt; }

    void kill(); // at once, one that hangs; its link closes

    // After its link was closed: it has 2 s to end by itself, then SIGTERM, and 2 s later SIGKILL. exited() follows, also when
    // it had ended already.
    void end();

Q_SIGNALS:
    void wrote(QByteArray text); // to standard error
    void exited(QString how);    // "exit code 0", "killed by signal 9"; once, after end()

private:
    void finish(int code, QProcess::ExitStatus status);

    // Tells one file from another that took its place.
    using Stamp = std::pair<quint64, qint64>; // inode and time of change; zeros when there is none
    static Stamp stampOf(const QString &program);

    Command m_command;
    Stamp m_stamp;
    QProcess m_process;
    QTimer m_insist;
    int m_insistence = 0;
    qint64 m_pid = 0;
    QDateTime m_startedAt;
    QString m_how; // it ended, when not empty
    bool m_ending = false;
};

} // namespace mcp
