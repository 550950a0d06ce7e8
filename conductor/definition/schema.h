// The fields a workflow definition may have: their shapes, their order for people, and what the server writes when they are left
// out. Source: /api-docs of 3.32.3; how strictly each shape is read was tried against that server.
#pragma once

#include <QJsonValue>
#include <QStringView>

#include <initializer_list>
#include <span>

namespace conductor {

enum class FieldShape {
    Text,       // numbers and booleans pass as text
    Int,        // 32 bit; also "5", 1.5 (cut) and ""
    Long,       // 64 bit
    Flag,       // also "true", a number, ""
    StrictFlag, // no number
    Choice,     // one of a few words; not ""
    Map,
    Texts,
    Tasks,    // a sequence
    Branches, // a list of sequences
    Cases,    // a map of sequences
    Object,   // of a schema of its own
    Any,
};

struct Schema;

struct SchemaField {
    QStringView key;
    FieldShape shape = FieldShape::Text;
    QStringView byDefault = {}; // JSON, as the server writes it; empty: it writes nothing
    const Schema *schema = nullptr;
    std::initializer_list<QStringView> choices = {};
    bool isServers = false; // the server's own book-keeping
};

struct Schema {
    QStringView what; // "workflow definition"
    std::span<const SchemaField> fields;

    const SchemaField *field(QStringView key) const; // nullptr: unknown
    int place(QStringView key) const;                // in the order for people; unknown ones last
};

const Schema &workflowSchema();
const Schema &taskSchema();
const Schema &subWorkflowSchema();

} // namespace conductor
