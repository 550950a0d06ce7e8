#include "conformance/fixtures.h"

#include "conductor/base/delay.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;
using namespace mcp;

namespace fixtures {
namespace {

Tool tool(const QString &name, const QString &description, std::function<Reply<Answer>(Call)> call)
{
    return {.name = name,
            .title = name,
            .description = description,
            .inputSchema = {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}},
            .hints = {.readOnly = true, .destructive = false},
            .effect = [](const QJsonObject &) { return Effect{Effect::Kind::Read}; },
            .call = std::move(call)};
}

Reply<Answer> simpleText(Call)
{
    return answered<Answer>(Answer{.text = u"This is a simple text response for testing."_s});
}

Reply<Answer> error(Call)
{
    return answered<Answer>(Answer{.text = u"This tool intentionally returns an error for testing"_s, .isError = true});
}

Reply<Answer> progress(Call call)
{
    for (const double done : {0.0, 50.0, 100.0}) {
        call.progress(done, 100, {});
        co_await delay(50ms, call.stop);
    }
    co_return Answer{.text = u"Progress was told three times"_s};
}

} // namespace

std::shared_ptr<ToolRegistry> tools()
{
    auto registry = std::make_shared<ToolRegistry>();
    registry->add(tool(u"test_simple_text"_s, u"Returns a text"_s, simpleText));
    registry->add(tool(u"test_error_handling"_s, u"Returns an error"_s, error));
    registry->add(tool(u"test_tool_with_progress"_s, u"Tells of its progress"_s, progress));
    return registry;
}

} // namespace fixtures
