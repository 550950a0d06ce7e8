// How the commands speak to a terminal or a file: all of it or an error, and nothing in it that steers a terminal.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace mcp {

constexpr int fine = 0;
constexpr int notFine = 1;
constexpr int usageError = 2;

// False when it could not be written to the end.
bool print(int out, const QByteArray &text);
bool print(int out, const QString &text);

// Indented; what a terminal would act on is written as \uXXXX.
QByteArray printable(const QJsonObject &json);
QByteArray printable(const QJsonArray &json);
QByteArray printableLine(const QJsonObject &json); // compact, with a line break

// "conductor-mcp: …" on standard error.
void complain(const QString &text);

} // namespace mcp
