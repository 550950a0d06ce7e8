#include "mcp/audit/entry.h"

#include "conductor/base/redaction.h"
#include "mcp/audit/arguments.h"
#include "mcp/audit/touchedruns.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr std::array kinds{std::pair{AuditEntry::Kind::Call, u"call"}, std::pair{AuditEntry::Kind::Begun, u"begun"},
                           std::pair{AuditEntry::Kind::Ended, u"ended"}, std::pair{AuditEntry::Kind::Pruned, u"pruned"},
                           std::pair{AuditEntry::Kind::Lost, u"lost"}};

qint64 bytesOf(const Answer &answer)
{
    const qint64 structured = answer.structured.isEmpty() ? 0 : QJsonDocument(answer.structured).toJson(QJsonDocument::Compact).size();
    const qint64 content = answer.content.isEmpty() ? 0 : QJsonDocument(answer.content).toJson(QJsonDocument::Compact).size();
    return answer.text.toUtf8().size() + structured + content;
}

} // namespace

QString word(AuditedEnd::Outcome outcome)
{
    switch (outcome) {
    case AuditedEnd::Outcome::Ok:
        return u"ok"_s;
    case AuditedEnd::Outcome::Error:
        return u"error"_s;
    case AuditedEnd::Outcome::Invalid:
        return u"invalid"_s;
    case AuditedEnd::Outcome::Refused:
        return u"refused"_s;
    case AuditedEnd::Outcome::Cancelled:
        return u"cancelled"_s;
    case AuditedEnd::Outcome::Unknown:
        return u"unknown"_s;
    }
    return u"unknown"_s;
}

QString word(AuditEntry::Kind kind)
{
    for (const auto &[known, text] : kinds) {
        if (known == kind)
            return QString::fromUtf16(text);
    }
    return {};
}

std::optional<AuditEntry::Kind> entryKind(QStringView word)
{
    for (const auto &[kind, text] : kinds) {
        if (word == QStringView(text))
            return kind;
    }
    return {};
}

// Each field with its length before it: no two different rows give the same bytes.
QByteArray AuditEntry::computedHash() const
{
    QCryptographicHash digest(QCryptographicHash::Sha256);
    const auto add = [&digest](const QByteArray &field) {
        digest.addData(QByteArray(QByteArray::number(field.size()) + ':'));
        digest.addData(field);
    };
    add(previous);
    for (const qint64 value : {number, refersTo, time, pid, requests, tookUs, bytes})
        add(QByteArray::number(value));
    for (const QString &text : {word(kind), client, clientVersion, profile, tool, arguments, effect, target, outcome, detail})
        add(text.toUtf8());
    return digest.result().toHex();
}

AuditEntry entryOf(const AuditedCall &call)
{
    AuditEntry entry;
    entry.time = call.time.toMSecsSinceEpoch();
    entry.pid = QCoreApplication::applicationPid();
    entry.client = auditedText(call.client.name, 100);
    entry.clientVersion = auditedText(call.client.version, 60);
    entry.profile = auditedText(call.profile, 200);
    entry.tool = auditedText(call.tool, 100);
    entry.arguments = auditedArguments(call.arguments);
    entry.effect = word(call.effect.kind);
    entry.target = auditedText(call.effect.on, 300);
    return entry;
}

void addEnd(AuditEntry &entry, const AuditedEnd &end)
{
    entry.outcome = word(end.outcome);
    if (end.outcome != AuditedEnd::Outcome::Ok)
        entry.detail = auditedText(end.answer.text, 500);
    else if (entry.effect != u"read")
        entry.detail = auditedText(runsIn(end.answer.structured), 1000);
    entry.requests = end.requests;
    entry.tookUs = end.tookUs;
    entry.bytes = bytesOf(end.answer);
}

} // namespace mcp
