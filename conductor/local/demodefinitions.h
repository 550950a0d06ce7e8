// The sample definitions of the demo, made ready for one server.
#pragma once

#include "conductor/api/client.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace conductor {

struct DemoDefinitions {
    QJsonArray tasks;                   // task definitions; the swarm's are retried after 20 s, which can be watched
    std::vector<QJsonObject> workflows; // children before those that start them
};

// server: its API address, which the sample's HTTP task asks for its health.
DemoDefinitions demoDefinitions(const QUrl &server);

// Registers what the server does not have. What a person has changed since stays as it is, but for the address of the HTTP task,
// which follows the server to a new port.
Reply<Done> installDemo(Client client, QUrl server);

} // namespace conductor
