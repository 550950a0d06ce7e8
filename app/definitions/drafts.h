// What somebody is writing and has not saved: kept while the program runs, whatever page is in front. The page owns them.
#pragma once

#include <QHash>
#include <QString>

#include <vector>

namespace app {

struct Draft {
    QString name = {};   // it was opened as; of a new one: what it is called until it is saved
    int version = 0;     // it was opened as; 0: new, not on the server
    QString stored = {}; // its text on the server when it was opened; empty: new
    QString text = {};
    int line = 1; // where the cursor stands
    int column = 1;

    bool isNew() const { return version == 0; }
    bool isChanged() const { return text != stored; }
    bool operator==(const Draft &) const = default;
};

class Drafts
{
public:
    void keep(const QString &serverId, Draft draft); // replaces the one of the same name and version; one without change is dropped
    void drop(const QString &serverId, const QString &name, int version);

    const Draft *find(const QString &serverId, const QString &name, int version) const; // null: there is none
    const Draft *newestOf(const QString &serverId, const QString &name) const;          // of whatever version
    std::vector<Draft> of(const QString &serverId) const { return m_drafts.value(serverId); }

private:
    QHash<QString, std::vector<Draft>> m_drafts;
};

} // namespace app
