// A transport that keeps workflow definitions as a Conductor server does: versions, conflicts, replacing, deleting; what its
// validator says and whether it can be reached is the test's to say. Starts runs that nobody executes.
#pragma once

#include "conductor/api/transport.h"

#include <QJsonObject>

#include <map>
#include <optional>
#include <vector>

namespace support {

class StoredDefinitions : public conductor::Transport
{
public:
    void put(const QJsonObject &definition); // replaces that version
    std::optional<QJsonObject> stored(const QString &name, int version) const;
    void forget(const QString &name, int version);

    conductor::Reply<QJsonValue> send(conductor::Request request) override;

    int count(conductor::Request::Verb verb, const QString &lastSegment) const; // how often that was asked

    std::optional<conductor::Error> error;    // answered instead of everything
    std::optional<conductor::Error> refusal;  // of the validator, and of what is stored
    std::optional<conductor::Error> startFailure;
    std::vector<QJsonObject> started;         // the orders
    std::vector<conductor::Request> asked;

private:
    conductor::Result<QJsonValue> answerTo(const conductor::Request &request);
    conductor::Result<QJsonValue> named(const conductor::Request &request);
    conductor::Result<QJsonValue> create(const conductor::Request &request);
    QJsonObject namesAndVersions() const;

    std::map<QString, std::map<int, QJsonObject>> m_definitions;
    std::map<QString, std::map<int, int>> m_puts; // which of all puts was the last of a version: its time
    int m_count = 0;
};

} // namespace support
