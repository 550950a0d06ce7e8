#include "conductor/model/tasktype.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

// Source: enum TaskType of conductor-server 3.32.3, then the worker beans it ships outside the enum.
const QHash<QStringView, TaskKind> &kinds()
{
    static const QHash<QStringView, TaskKind> known{
        {u"SIMPLE", TaskKind::Worker},
        {u"USER_DEFINED", TaskKind::Worker},
        {u"DYNAMIC", TaskKind::Dynamic},
        {u"FORK_JOIN", TaskKind::Fork},
        {u"FORK_JOIN_DYNAMIC", TaskKind::DynamicFork},
        {u"JOIN", TaskKind::Join},
        {u"EXCLUSIVE_JOIN", TaskKind::ExclusiveJoin},
        {u"SWITCH", TaskKind::Switch},
        {u"DECISION", TaskKind::Switch},
        {u"DO_WHILE", TaskKind::DoWhile},
        {u"SUB_WORKFLOW", TaskKind::SubWorkflow},
        {u"START_WORKFLOW", TaskKind::StartWorkflow},
        {u"TERMINATE", TaskKind::Terminate},
        {u"WAIT", TaskKind::Wait},
        {u"HUMAN", TaskKind::Human},
        {u"EVENT", TaskKind::Event},
        {u"HTTP", TaskKind::System},
        {u"LAMBDA", TaskKind::System},
        {u"INLINE", TaskKind::System},
        {u"KAFKA_PUBLISH", TaskKind::System},
        {u"JSON_JQ_TRANSFORM", TaskKind::System},
        {u"SET_VARIABLE", TaskKind::System},
        {u"NOOP", TaskKind::System},
        {u"LLM_TEXT_COMPLETE", TaskKind::System},
        {u"LLM_CHAT_COMPLETE", TaskKind::System},
        {u"LLM_INDEX_TEXT", TaskKind::System},
        {u"LLM_SEARCH_INDEX", TaskKind::System},
        {u"LLM_GENERATE_EMBEDDINGS", TaskKind::System},
        {u"LLM_STORE_EMBEDDINGS", TaskKind::System},
        {u"LLM_GET_EMBEDDINGS", TaskKind::System},
        {u"LLM_SEARCH_EMBEDDINGS", TaskKind::System},
        {u"LIST_MCP_TOOLS", TaskKind::System},
        {u"CALL_MCP_TOOL", TaskKind::System},
        {u"PULL_WORKFLOW_MESSAGES", TaskKind::System},
        {u"AGENT", TaskKind::System},
        {u"GET_AGENT_CARD", TaskKind::System},
        {u"CANCEL_AGENT", TaskKind::System},
        {u"JDBC", TaskKind::System},
        {u"GENERATE_IMAGE", TaskKind::System},
        {u"GENERATE_AUDIO", TaskKind::System},
        {u"GENERATE_VIDEO", TaskKind::System},
        {u"GENERATE_PDF", TaskKind::System},
    };
    return known;
}

} // namespace

TaskKind taskKind(QStringView type)
{
    return kinds().value(type, TaskKind::Worker);
}

bool isKnownTaskType(QStringView type)
{
    return kinds().contains(type);
}

QStringList knownTaskTypes()
{
    QStringList types;
    for (auto it = kinds().keyBegin(); it != kinds().keyEnd(); ++it)
        types << it->toString();
    types.sort();
    return types;
}

} // namespace conductor
