// A Conductor server for pictures: answers searches from a fixed set of believable runs, or from none, or with an error,
// and what it was given to know of single runs. Its
// reasons and ids come from resources/samples.
#pragma once

#include "conductor/api/transport.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <optional>
#include <vector>

namespace scenes {

QDateTime sceneTime(); // what time it is in every picture

class SampleServer : public conductor::Transport
{
public:
    enum class Mood { Full, Calm, Empty, Unreachable, Silent };

    explicit SampleServer(Mood mood);

    void setMood(Mood mood) { m_mood = mood; }
    void addRun(const QJsonObject &execution); // to be read by its id, in the moods that answer
    void addLog(const QString &taskId, const QJsonArray &lines);

    conductor::Reply<QJsonValue> send(conductor::Request request) override;

private:
    Mood m_mood;
    std::optional<QJsonValue> known(const QStringList &path) const;

    std::vector<QJsonObject> m_runs; // newest first
    std::map<QString, QJsonValue> m_known; // by path
    std::vector<QPromise<conductor::Result<QJsonValue>>> m_unanswered;
};

} // namespace scenes
