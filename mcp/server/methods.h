// The requests about what a server offers, answered. Who asks, and on which stream, is the session's affair.
#pragma once

#include "mcp/server/dispatcher.h"
#include "mcp/server/era.h"
#include "mcp/server/offer.h"

namespace mcp {

using MethodResult = RpcResult<QJsonObject>;

// capabilities, serverInfo and instructions, as initialize and server/discover have them.
QJsonObject introductionOf(const Offer &offer, Revision revision);

// Lists have one page: nothing here is long. Errors: InvalidParams for a cursor.
MethodResult listTools(const ToolRegistry &tools, const Exchange &exchange);
MethodResult listResources(const Offer &offer, const Exchange &exchange);
MethodResult listTemplates(const Offer &offer, const Exchange &exchange);
MethodResult listPrompts(const Offer &offer, const Exchange &exchange);

// A resource by its address, with the values of its template's variables; null: there is none.
struct FoundResource {
    const Resource *resource = nullptr;
    QHash<QString, QString> variables = {};
};
FoundResource findResource(const Offer &offer, const QString &uri);

// Errors of the protocol are within; a Reply fails only with Cancelled. offer lives as long as the call.
conductor::Reply<MethodResult> readResource(std::shared_ptr<const Offer> offer, Exchange exchange, Call call);
conductor::Reply<MethodResult> getPrompt(std::shared_ptr<const Offer> offer, Exchange exchange, Call call);
conductor::Reply<MethodResult> complete(std::shared_ptr<const Offer> offer, Exchange exchange, Call call);

} // namespace mcp
