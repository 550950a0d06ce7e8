// Keeps the HTTP server of one profile running as the companion's child: starts it, starts it again when it dies, says how it is.
// What a person has to mend (a port that is taken, a token that cannot be read) is said and not tried again. The host owns it.
#pragma once

#include "mcp/host/child.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace mcp {

// An HTTP server that is wanted.
struct HttpWish {
    QString profileId;
    QString profile; // its name
    int port = 0;

    bool operator==(const HttpWish &) const = default;
};

// How one is; a value that crosses threads.
struct HttpInfo {
    enum class State { Off, Starting, Serving, Restarting, Failed };

    QString profileId = {};
    State state = State::Off;
    int port = 0;
    QString address = {};  // while it serves: "http://127.0.0.1:8765/mcp"
    qint64 pid = 0;        // 0 while none runs
    QDateTime since = {};  // since when it serves
    int restarts = 0;      // of servers that died
    QString lastExit = {}; // how the last one ended; empty: none has
    std::optional<conductor::Error> trouble = {}; // why it failed
};

class HttpSupervisor : public QObject
{
    Q_OBJECT

public:
    HttpSupervisor(QString program, QProcessEnvironment environment, QObject *parent = nullptr);
    ~HttpSupervisor() override; // kills what still runs

    // From now on this is what runs; nothing when empty: ended() follows, once the process is gone.
    void want(std::optional<HttpWish> wish);
    void tryAgain(); // after it failed

    bool isWanted() const { return m_wish.has_value(); }
    const HttpInfo &info() const { return m_info; }

Q_SIGNALS:
    void changed();
    void childDied(qint64 pid, QDateTime startedAt, QString how); // not of its own will
    void ended();

private:
    void goOn();
    void start();
    void hear(const QByteArray &line);
    void lose();
    void retire();
    void takeExit(const QString &how);
    void tell(HttpInfo::State state);

    QString m_program;
    QProcessEnvironment m_environment;
    std::optional<HttpWish> m_wish;
    HttpInfo m_info;
    std::unique_ptr<Child> m_child;
    std::unique_ptr<Link> m_link;
    bool m_retiring = false; // the child was told to end, or has ended
    bool m_died = false;     // it was not told to
    int m_deaths = 0;        // in a row, of servers that did not last
    QByteArray m_lastWords;  // the end of what it wrote to standard error
    QTimer m_backOff;
    QTimer m_patience; // for its first word
};

} // namespace mcp
