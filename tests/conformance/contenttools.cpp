#include "conformance/fixtures.h"

#include "conductor/base/delay.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;
using namespace mcp;

namespace fixtures {
namespace {

QJsonObject text(const QString &words)
{
    return {{u"type"_s, u"text"_s}, {u"text"_s, words}};
}

QJsonObject media(const QString &type, const QString &data, const QString &mimeType)
{
    return {{u"type"_s, type}, {u"data"_s, data}, {u"mimeType"_s, mimeType}};
}

QJsonObject resource(const QString &uri, const QString &mimeType, const QString &words)
{
    return {{u"type"_s, u"resource"_s}, {u"resource"_s, QJsonObject{{u"uri"_s, uri}, {u"mimeType"_s, mimeType}, {u"text"_s, words}}}};
}

std::function<Reply<Answer>(Call)> saying(const QJsonArray &content)
{
    return [content](Call) { return answered<Answer>(Answer{.content = content}); };
}

Reply<Answer> fail(Call)
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

// Its stream is left before it has its answer: the server's limits have it so.
Reply<Answer> outlastTheStream(Call call)
{
    co_await delay(500ms, call.stop);
    co_return Answer{.text = u"The stream was taken up again"_s};
}

Reply<Answer> log(Call call)
{
    call.log(u"info"_s, u"Tool execution started"_s);
    co_await delay(50ms, call.stop);
    call.log(u"info"_s, u"Tool processing data"_s);
    co_await delay(50ms, call.stop);
    call.log(u"info"_s, u"Tool execution completed"_s);
    co_return Answer{.text = u"Three messages were logged"_s};
}

QJsonObject allOfJsonSchema()
{
    const QJsonObject string{{u"type"_s, u"string"_s}};
    const auto required = [](const QString &name) { return QJsonObject{{u"required"_s, QJsonArray{name}}}; };
    const QJsonObject address{{u"$anchor"_s, u"addressDef"_s}, {u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"street"_s, string}, {u"city"_s, string}}}};
    return {{u"$schema"_s, u"https://json-schema.org/draft/2020-12/schema"_s},
            {u"type"_s, u"object"_s},
            {u"$defs"_s, QJsonObject{{u"address"_s, address}}},
            {u"properties"_s,
             QJsonObject{{u"name"_s, string},
                         {u"address"_s, QJsonObject{{u"$ref"_s, u"#/$defs/address"_s}}},
                         {u"contactMethod"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray{u"phone"_s, u"email"_s}}}},
                         {u"phone"_s, string},
                         {u"email"_s, string}}},
            {u"allOf"_s, QJsonArray{QJsonObject{{u"anyOf"_s, QJsonArray{required(u"phone"_s), required(u"email"_s)}}}}},
            {u"if"_s, QJsonObject{{u"properties"_s, QJsonObject{{u"contactMethod"_s, QJsonObject{{u"const"_s, u"phone"_s}}}}}, {u"required"_s, QJsonArray{u"contactMethod"_s}}}},
            {u"then"_s, required(u"phone"_s)},
            {u"else"_s, required(u"email"_s)},
            {u"additionalProperties"_s, false}};
}

} // namespace

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

QString png()
{
    return u"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="_s;
}

QString wav()
{
    return u"UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA="_s;
}

void addContentTools(ToolRegistry &registry)
{
    registry.add(tool(u"test_simple_text"_s, u"Returns a text"_s, saying({text(u"This is a simple text response for testing."_s)})));
    registry.add(tool(u"test_image_content"_s, u"Returns an image"_s, saying({media(u"image"_s, png(), u"image/png"_s)})));
    registry.add(tool(u"test_audio_content"_s, u"Returns a sound"_s, saying({media(u"audio"_s, wav(), u"audio/wav"_s)})));
    registry.add(tool(u"test_embedded_resource"_s, u"Returns a resource"_s,
                      saying({resource(u"test://embedded-resource"_s, u"text/plain"_s, u"This is an embedded resource content."_s)})));
    registry.add(tool(u"test_multiple_content_types"_s, u"Returns a text, an image and a resource"_s,
                      saying({text(u"Multiple content types test:"_s), media(u"image"_s, png(), u"image/png"_s),
                              resource(u"test://mixed-content-resource"_s, u"application/json"_s, uR"({"test":"data","value":123})"_s)})));
    registry.add(tool(u"test_error_handling"_s, u"Returns an error"_s, fail));
    registry.add(tool(u"test_tool_with_progress"_s, u"Tells of its progress"_s, progress));
    registry.add(tool(u"test_reconnection"_s, u"Takes longer than its stream"_s, outlastTheStream));
    registry.add(tool(u"test_tool_with_logging"_s, u"Logs three messages"_s, log));
    registry.add(tool(u"test_logging_tool"_s, u"Logs for who asks for it"_s, log));
    Tool schema = tool(u"json_schema_2020_12_tool"_s, u"Has a schema of JSON Schema 2020-12"_s, saying({text(u"Fine"_s)}));
    schema.inputSchema = allOfJsonSchema();
    schema.wholeSchema = true;
    registry.add(std::move(schema));
    Tool mirrored = tool(u"test_mirrored_parameter"_s, u"Has a parameter that a header repeats"_s, saying({text(u"Fine"_s)}));
    mirrored.inputSchema = {{u"type"_s, u"object"_s},
                            {u"properties"_s, QJsonObject{{u"region"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"x-mcp-header"_s, u"Region"_s}}}}}};
    registry.add(std::move(mirrored));
}

} // namespace fixtures
