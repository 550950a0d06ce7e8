#include "mcp/commands/commands.h"
#include "mcp/commands/console.h"
#include "mcp/host/configuration.h"
#include "mcp/protocol/revision.h"
#include "mcp/protocol/weight.h"
#include "mcp/server/wireform.h"
#include "mcp/tools/catalogue.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QString effectOf(const Tool &tool)
{
    if (tool.hints.readOnly)
        return u"reads"_s;
    return tool.hints.destructive ? u"destroys"_s : u"changes"_s;
}

} // namespace

int listTools(const CommandLine &line, int out)
{
    const conductor::Result<Configuration> configuration = Configuration::from(line);
    const conductor::Result<Policy> policy = configuration ? policyFor(*configuration) : conductor::Failure(configuration.error());
    if (!policy) {
        complain(conductor::sentence(policy.error()));
        return notFine;
    }
    const std::shared_ptr<const ToolRegistry> tools = tools::catalogueOfEffects(*policy);
    QJsonArray list;
    QString text = u"%1  %2  %3  %4\n"_s.arg(u"TOOL"_s, -34).arg(u"MAY"_s, -8).arg(u"BYTES"_s, 6).arg(u"~TOKENS"_s, 7);
    qint64 all = 0;
    for (const ToolRegistry::Entry &entry : tools->entries()) {
        const Tool &tool = entry.tool;
        const qint64 bytes = bytesForModel(toolJson(tool, newestHandshake));
        all += bytes;
        list << QJsonObject{{u"name"_s, tool.name},   {u"title"_s, tool.title},  {u"description"_s, tool.description},
                            {u"may"_s, effectOf(tool)}, {u"bytes"_s, bytes},     {u"tokens"_s, tokensOf(bytes)}};
        text += u"%1  %2  %3  %4\n"_s.arg(tool.name, -34).arg(effectOf(tool), -8).arg(bytes, 6).arg(tokensOf(bytes), 7);
    }
    text += u"%1  %2  %3  %4\n"_s.arg(u"%1 tools"_s.arg(tools->entries().size()), -34).arg(QString(), -8).arg(all, 6).arg(tokensOf(all), 7);
    return print(out, line.json ? printable(list) : text.toUtf8()) ? fine : notFine;
}

} // namespace mcp
