// One run, kept at what the server says: asks again and again while somebody looks. The run page owns it.
//
// While the run is open it is read whole each time: the cheap question, /status, does not tell that a task went on. An answer
// that equals the last one changes nothing. Once it has ended only /status is asked, and the rest when that differs.
#pragma once

#include "app/core/poller.h"
#include "conductor/api/client.h"

#include <optional>

namespace app {

class LiveRun : public QObject
{
    Q_OBJECT

public:
    static constexpr Pace pace{std::chrono::milliseconds(1'000), std::chrono::milliseconds(1'500), std::chrono::milliseconds(30'000)};

    LiveRun(conductor::Client client, QString id, QObject *parent = nullptr);
    ~LiveRun() override;

    void setLive(bool live);
    void refresh(); // reads it whole

    const QString &id() const { return m_id; }
    const std::shared_ptr<const conductor::Execution> &execution() const { return m_execution; } // null until it was read
    const std::optional<conductor::Error> &error() const { return m_error; }                     // of the last question
    bool isGone() const { return m_error && m_error->kind == conductor::Error::Kind::NotFound; } // the server does not know it

    // What the log of a task holds; answered by logRead() or logFailed().
    void readLog(QString taskId);

Q_SIGNALS:
    void changed();  // execution() is another one
    void answered(); // the server answered, whether anything changed or not
    void failed();
    void loadingChanged(bool loading); // the first time only
    void logRead(const QString &taskId, const std::vector<conductor::TaskLogLine> &lines);
    void logFailed(const QString &taskId, const conductor::Error &error);

private:
    conductor::Reply<Activity> ask();
    conductor::Reply<conductor::Done> fetchLog(QString taskId);
    conductor::Result<Activity> take(const QJsonValue &json);
    conductor::Failure fail(const conductor::Error &error);
    bool isEndedAndKnown() const;
    conductor::Client bounded() const;

    conductor::Client m_client;
    QString m_id;
    Poller m_poller;
    std::stop_source m_stop;
    QJsonValue m_json = QJsonValue::Undefined;
    std::shared_ptr<const conductor::Execution> m_execution;
    std::optional<conductor::Error> m_error;
    bool m_wholeWanted = true;
    bool m_hasStatus = true; // servers before 3.30 have no /status
    int m_glances = 0;       // at /status, since it was read whole
};

} // namespace app
