// A Conductor server of our own on this machine: started, watched and ended with us. Lives in the main thread: the kernel ends
// the server when the thread that started it ends, so that nothing is left however we end. Owned by the composition root.
#pragma once

#include "conductor/base/reply.h"
#include "conductor/local/directorylock.h"
#include "conductor/local/serverlog.h"

#include <QDateTime>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTimer>
#include <QUrl>

#include <optional>
#include <stop_token>
#include <vector>

namespace conductor {

class LocalServer : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Stopped,  // not asked for
        Absent,   // its jar or a Java is missing: trouble() says how to get it
        Starting, // looking for its parts, coming up, or waiting to be started again: then trouble() says why
        Ready,    // answers at url()
        Stopping,
        Failed,   // trouble() and lastLines() say why
    };
    Q_ENUM(State)

    struct Patience {
        std::chrono::milliseconds ready = std::chrono::minutes(4);     // from the process's start until it answers; a busy machine needs over two
        std::chrono::milliseconds end = std::chrono::seconds(10);      // from SIGTERM to SIGKILL
        std::chrono::milliseconds lock = std::chrono::seconds(5);      // until the one before has let go of the directory
        std::chrono::milliseconds settled = std::chrono::minutes(5);   // ready for so long: earlier crashes are forgotten
        std::vector<std::chrono::milliseconds> restarts                // before the first, second … start after a crash
            = {std::chrono::seconds(1), std::chrono::seconds(5), std::chrono::seconds(15), std::chrono::seconds(60)};
    };

    // directory holds its database, log and port.
    explicit LocalServer(QString directory, Patience patience, QObject *parent = nullptr);
    explicit LocalServer(QObject *parent = nullptr); // in dataDirectory()/local-server
    ~LocalServer() override; // ends it the hard way; call stop() and wait for Stopped where there is time

    // Nothing when it is starting or running. While Stopping: as soon as it has stopped.
    void start();
    // Nothing when it is not running. Stopped follows, at once or within Patience::end.
    void stop();

    State state() const { return m_state; }
    std::optional<Error> trouble() const { return m_trouble; }
    QDateTime since() const { return m_since; }                // of this state
    QUrl url() const;                                          // "http://127.0.0.1:PORT/api"; empty until its port is known
    qint64 processId() const { return m_process.processId(); } // 0: none
    QString directory() const { return m_directory; }
    QString logFile() const { return m_log.path(); }
    QStringList lastLines() const { return m_log.lastLines(); } // of its log; while it starts they are its progress

Q_SIGNALS:
    void stateChanged(conductor::LocalServer::State state);

private:
    void become(State state, std::optional<Error> trouble = {});
    void giveUp(State state, Error trouble);
    void begin();
    Reply<Done> bringUp(std::stop_token stop);
    Reply<Done> takeDirectory(std::stop_token stop);
    Reply<Done> becomeReady(std::stop_token stop);
    void launch(const QString &java, const QString &jar);
    Reply<bool> askHealth();
    void signalGroup(int signal);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void comeBack(Error trouble);

    QString m_directory;
    Patience m_patience;
    ServerLog m_log;
    DirectoryLock m_lock; // shared with the process
    QProcess m_process;
    QNetworkAccessManager m_network;
    QTimer m_restart;
    QTimer m_kill;
    State m_state = State::Stopped;
    std::optional<Error> m_trouble;
    std::optional<Error> m_verdict; // why we are ending the process ourselves
    QDateTime m_since = QDateTime::currentDateTime();
    std::stop_source m_attempt; // from begin() to the process's end
    QByteArray m_mark;          // what our server, and nobody else on that port, calls itself in its answers
    int m_port = 0;
    int m_portsLost = 0;
    int m_crashes = 0;
    bool m_startAgain = false;
};

} // namespace conductor
