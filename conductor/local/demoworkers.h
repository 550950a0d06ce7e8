// Workers that drive the demo's workflows on one server: they take tasks, work for a few believable seconds each and answer,
// approve what waits for a person, and start a new run now and then. Speaks to the server as any worker does.
#pragma once

#include "conductor/api/client.h"
#include "conductor/local/demowork.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <optional>

namespace conductor {

class DemoWorkers : public QObject
{
    Q_OBJECT

public:
    struct Pace {
        std::chrono::milliseconds shortestTask = std::chrono::seconds(2);
        std::chrono::milliseconds longestTask = std::chrono::seconds(12);
        std::chrono::milliseconds look = std::chrono::seconds(1);          // between looks at the queues
        std::chrono::milliseconds tend = std::chrono::seconds(5);          // between looks at the runs
        std::chrono::milliseconds approval = std::chrono::seconds(15);     // how long a person would think
        std::chrono::milliseconds newRun = std::chrono::minutes(4);
        std::chrono::milliseconds longestPause = std::chrono::seconds(15); // between tries while the server is away
        int handsPerQueue = 2; // more tasks than hands: some are seen waiting
        int runsAtOnce = 2;
        int endedRunsKept = 40; // of those we started; older ones are removed
    };

    DemoWorkers(Client client, Pace pace, QObject *parent = nullptr);
    explicit DemoWorkers(Client client, QObject *parent = nullptr);
    ~DemoWorkers() override;

    // Nothing when it works already. What demo workers before us left half done is taken up.
    void start();
    // At once: requests are aborted, tasks at work stay with the server until somebody starts again.
    void stop();

    bool isWorking() const { return m_working; }
    int tasksAtWork() const { return int(m_atWork.size()); }
    std::optional<Error> trouble() const { return m_trouble; } // why the server does not answer at the moment

    // Runs that the demo started carry it, so that nobody else's are approved or removed.
    static QString correlationId();

Q_SIGNALS:
    void changed(); // isWorking() or trouble()
    void runStarted(const QString &executionId);

private:
    Reply<Done> workOn(std::stop_token stop);
    Reply<Done> takeTasks();
    Reply<Done> work(PolledTask task, std::stop_token stop);
    Reply<Done> deliver(TaskUpdate update, std::stop_token stop);
    Reply<Done> tendRuns();
    Reply<Done> tendRun(QString executionId, bool ours);
    Reply<Done> startRuns(QStringList running);
    Reply<Done> removeOldRuns();
    void begin(PolledTask task);
    int busyHands(const QString &queue) const;
    void setTrouble(std::optional<Error> trouble);

    Client m_client;
    Client m_bound; // m_client until stop()
    Pace m_pace;
    std::stop_source m_stop;
    bool m_working = false;
    std::optional<Error> m_trouble;
    QHash<QString, QString> m_atWork; // task id → queue
    QElapsedTimer m_sinceTended;
    QElapsedTimer m_sinceRun; // invalid: none started yet
    int m_runs = 0;
};

} // namespace conductor
