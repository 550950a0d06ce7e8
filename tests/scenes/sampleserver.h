// A Conductor server for pictures: answers searches from a fixed set of believable runs, or from none, or with an error. Its
// reasons and ids come from resources/samples.
#pragma once

#include "conductor/api/transport.h"

#include <QDateTime>

#include <vector>

namespace scenes {

QDateTime sceneTime(); // what time it is in every picture

class SampleServer : public conductor::Transport
{
public:
    enum class Mood { Full, Calm, Empty, Unreachable, Silent };

    explicit SampleServer(Mood mood);

    void setMood(Mood mood) { m_mood = mood; }

    conductor::Reply<QJsonValue> send(conductor::Request request) override;

private:
    Mood m_mood;
    std::vector<QJsonObject> m_runs; // newest first
    std::vector<QPromise<conductor::Result<QJsonValue>>> m_unanswered;
};

} // namespace scenes
