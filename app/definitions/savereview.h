// What saving would change on the server, before it is done: what in words, line by line, and whether a version is replaced or
// added. The desk owns it.
#pragma once

#include "app/definitions/definitionwork.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class DiffView;
class MessageBar;

class SaveReview : public QWidget
{
    Q_OBJECT

public:
    explicit SaveReview(QWidget *parent = nullptr);

    void begin(DefinitionWork *work, const SaveWish &wish); // compared() or refused() follows
    const SavePlan &plan() const { return m_plan; }

Q_SIGNALS:
    void compared();
    void stored(const QString &name, int version, const QString &note); // what somebody should know of it; mostly empty
    void refused(const conductor::Error &error); // by the server, for what stands in the text; or it could not be asked
    void cancelled();

private:
    void build();
    void show(const SavePlan &plan);
    using QWidget::show;
    void setSaving(bool saving);
    conductor::Reply<conductor::Done> check();
    conductor::Reply<conductor::Done> compare();
    conductor::Reply<conductor::Done> store(int version);

    QPointer<DefinitionWork> m_work;
    SaveWish m_wish;
    SavePlan m_plan;
    quint64 m_turn = 0; // counts what was begun
    QLabel *m_title;
    QLabel *m_sentence;
    MessageBar *m_message;
    DiffView *m_diff;
    QPushButton *m_cancel;
    QPushButton *m_replace;
    QPushButton *m_add;
};

// "2 tasks added, 1 changed (build_api, build_ui, deploy); the description changed".
QString changesInWords(const SavePlan &plan);

} // namespace app
