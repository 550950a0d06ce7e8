#include "mcp/policy/guard.h"

#include "mcp/policy/endpoints.h"

using namespace conductor;

namespace mcp {
namespace {

class GuardedTransport : public Transport
{
public:
    GuardedTransport(std::shared_ptr<Transport> inner, std::shared_ptr<FreezeFile> freeze, std::shared_ptr<const Policy> policy)
        : m_inner(std::move(inner))
        , m_freeze(std::move(freeze))
        , m_policy(std::move(policy))
    {
    }

    Reply<QJsonValue> send(Request request) override
    {
        const Effect::Kind effect = endpointOf(request.verb, request.segments).effect;
        QString why = refusal(m_freeze->current(), effect);
        if (why.isEmpty())
            why = m_policy->refusal({}, {.kind = effect});
        if (!why.isEmpty())
            return answered<QJsonValue>(Failure({Error::Kind::Validation, why}));
        return m_inner->send(std::move(request));
    }

private:
    std::shared_ptr<Transport> m_inner;
    std::shared_ptr<FreezeFile> m_freeze;
    std::shared_ptr<const Policy> m_policy;
};

} // namespace

std::shared_ptr<Transport> guarded(std::shared_ptr<Transport> transport, std::shared_ptr<FreezeFile> freeze, std::shared_ptr<const Policy> policy)
{
    return std::make_shared<GuardedTransport>(std::move(transport), std::move(freeze), std::move(policy));
}

} // namespace mcp
