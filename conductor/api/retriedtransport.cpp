#include "conductor/api/transport.h"

#include "conductor/base/delay.h"

#include <QRandomGenerator>

namespace conductor {
namespace {

constexpr int attempts = 4; // the first and three more
constexpr std::chrono::milliseconds patience = std::chrono::seconds(60);

// 100, 400, 1600 ms, each from half to one and a half of it: clients that failed together must not come back together.
std::chrono::milliseconds pauseBefore(int attempt)
{
    const double base = 100.0 * std::pow(4.0, attempt - 1);
    return std::chrono::milliseconds(qint64(base * (0.5 + QRandomGenerator::global()->generateDouble())));
}

Reply<QJsonValue> sendPatiently(std::shared_ptr<Transport> inner, Request request)
{
    for (int attempt = 1;; ++attempt) {
        Result<QJsonValue> result = co_await outcome(inner->send(request));
        if (result || !request.repeatable || !result.error().transient || attempt == attempts)
            co_return result;
        const std::chrono::milliseconds pause = pauseBefore(attempt);
        if (request.deadline.remainingTimeAsDuration() <= pause)
            co_return result;
        co_await delay(pause, request.stop);
    }
}

class RetriedTransport : public Transport
{
public:
    explicit RetriedTransport(std::shared_ptr<Transport> inner) : m_inner(std::move(inner)) {}

    Reply<QJsonValue> send(Request request) override
    {
        if (request.deadline.isForever())
            request.deadline = QDeadlineTimer(patience);
        return sendPatiently(m_inner, std::move(request));
    }

private:
    std::shared_ptr<Transport> m_inner;
};

} // namespace

std::shared_ptr<Transport> retried(std::shared_ptr<Transport> transport)
{
    return std::make_shared<RetriedTransport>(std::move(transport));
}

} // namespace conductor
