// Lines, messages and batches of whoever writes to us: read the same however the bytes are cut, and what we write of them is one
// line that is read again as it was.
#include "fuzz/requirement.h"

#include "mcp/protocol/batch.h"
#include "mcp/protocol/linereader.h"
#include "mcp/protocol/message.h"

#include <QJsonDocument>

using namespace mcp;
using fuzz::require;

namespace {

constexpr qsizetype shortLine = 600; // so that lines that are too long turn up

void writeAgain(const QJsonObject &json)
{
    const QByteArray line = toLine(json);
    require(!line.contains('\n') && !line.contains('\r'), "a message is one line", line);
    const RpcResult<QJsonValue> again = parseLine(line);
    require(again && again->toObject() == json, "a message that was written is read as it was", line);
}

void readElement(const QJsonValue &element, Batch &batch)
{
    const RpcResult<Message> message = readMessage(element);
    if (!message) {
        writeAgain(errorJson(message.error().data, message.error()));
        return;
    }
    require((message->kind == Message::Kind::Request) == (!message->method.isNull() && !message->id.isUndefined()), "a request has a method and an id");
    writeAgain(message->json);
    if (message->kind == Message::Kind::Request) {
        require(idKey(message->id) == idKey(resultJson(message->id, {})[QLatin1String("id")]), "an id comes back as it was");
        batch.expect();
    }
}

void readLine(const QByteArray &line)
{
    const RpcResult<QJsonValue> json = parseLine(line);
    if (!json) {
        writeAgain(errorJson({}, json.error()));
        return;
    }
    const QJsonArray elements = json->isArray() ? json->toArray() : QJsonArray{*json};
    Batch batch;
    for (const QJsonValue &element : elements)
        readElement(element, batch);
}

std::vector<LineReader::Line> whole(const QByteArray &bytes)
{
    return LineReader(shortLine).feed(bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const std::vector<LineReader::Line> lines = whole(bytes);

    LineReader reader(shortLine);
    size_t seen = 0;
    fuzz::inPieces(bytes, data[0], [&](const QByteArray &piece) {
        for (const LineReader::Line &line : reader.feed(piece)) {
            require(seen < lines.size() && lines[seen].bytes == line.bytes && lines[seen].tooLong == line.tooLong, "lines are the same however they are cut", line.bytes);
            ++seen;
        }
    });
    require(seen == lines.size(), "all lines come, however they are cut");

    for (const LineReader::Line &line : lines) {
        require(!line.bytes.contains('\n') && line.bytes.size() <= shortLine, "a line is one line, and not too long", line.bytes);
        require(line.tooLong == line.bytes.isEmpty(), "empty lines are left out");
        if (!line.tooLong)
            readLine(line.bytes);
    }
    readLine(reader.rest());
    return 0;
}
