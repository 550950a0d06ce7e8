// The interaction of the modern era: a call that is made again, with the answers to what it asked before.
#pragma once

#include "mcp/server/era.h"
#include "mcp/server/interaction.h"
#include "mcp/server/seal.h"

namespace mcp {

class RepeatedCall : public Interaction
{
public:
    // Reads what the client brings back. Errors: InvalidParams for a state that is not ours, or belongs to another call.
    static RpcResult<std::shared_ptr<RepeatedCall>> of(const Exchange &exchange, std::shared_ptr<Seal> seal);

    bool can(QStringView capability) const override;
    conductor::Reply<QJsonObject> ask(std::vector<Question> questions) override;

    // The result that asks, when the call asked something that was not answered; empty otherwise.
    QJsonObject inputRequired() const;

private:
    RepeatedCall() = default;

    std::shared_ptr<Seal> m_seal;
    QString m_digest; // of what is called
    QJsonObject m_capabilities;
    QJsonObject m_answers; // by key, of all rounds
    std::vector<Question> m_open;
};

} // namespace mcp
