// What the desk asks the server for: one definition, its check, how a text differs from what is stored now, storing and
// starting. Texts are without what the server adds. The desk owns it.
#pragma once

#include "conductor/api/client.h"
#include "conductor/definition/difference.h"
#include "conductor/definition/history.h"
#include "conductor/definition/validator.h"

#include <QObject>

#include <stop_token>

namespace app {

struct OpenedDefinition {
    QString name = {};
    int version = 0;
    QString text = {};
    std::vector<int> versions = {}; // all that the server has, ascending
    QString stamp = {};             // see stampOf()
    std::shared_ptr<const conductor::WorkflowDefinition> definition = {};
};

// What somebody has in hand when saving.
struct SaveWish {
    QJsonObject definition;  // what the text holds; its name and version count
    QString openedName = {}; // what it was opened as
    int openedVersion = 0;
    QString openedText = {};
};

// What saving would do.
struct SavePlan {
    QString name;
    int version = 0;
    QString after;           // the text to be stored
    QString before = {};     // of what it is compared with, on the server now
    int comparedWith = 0;    // that version; 0: the name is new
    bool exists = false;     // the very version is there
    int newest = 0;          // of that name
    conductor::DefinitionChanges changes = {};
    QString conflict = {};   // what somebody else did since it was opened; empty: nothing
};

class DefinitionWork : public QObject
{
    Q_OBJECT

public:
    explicit DefinitionWork(conductor::Client client, QObject *parent = nullptr);
    ~DefinitionWork() override;

    conductor::Reply<OpenedDefinition> open(QString name, int version); // 0: the newest
    conductor::Reply<conductor::Surroundings> surroundings();           // what else is there, as far as it answers
    conductor::Reply<conductor::Done> check(QJsonObject definition);
    conductor::Reply<SavePlan> plan(SaveWish wish);
    // What it replaces goes into the history first; the value says why that was not possible. Conflict: it is not any more what the
    // plan says.
    conductor::Reply<QString> store(QJsonObject definition, SavePlan plan);
    conductor::Reply<conductor::Done> remove(QString name, int version);
    conductor::Reply<QString> start(conductor::StartOrder order);
    const conductor::DefinitionHistory &history() const { return m_history; }

private:
    conductor::Client bounded() const;

    conductor::Client m_client;
    conductor::DefinitionHistory m_history;
    std::stop_source m_stop;
};

// Another one when somebody stored that version anew; empty when it is not there.
QString stampOf(const std::vector<conductor::DefinitionVersion> &all, const QString &name, int version);

// As the editor shows it.
QString textOf(const conductor::WorkflowDefinition &definition);

} // namespace app
