// JSON to read: as a tree or as text, never edited. Text is capped, with the whole on request.
#pragma once

#include <QJsonValue>
#include <QWidget>

class QButtonGroup;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace app {

class JsonModel;
class PlainTextPane;

class JsonView : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Tree, Text };

    // what: whose JSON it is, for screen readers: "Input of the task".
    explicit JsonView(const QString &what, QWidget *parent = nullptr);

    void show(const QJsonValue &json); // what was unfolded stays so while the value is the same
    using QWidget::show;
    void setMode(Mode mode);

Q_SIGNALS:
    void copied();

private:
    void writeText();

    QJsonValue m_json = QJsonValue::Undefined;
    bool m_textIsCurrent = false;
    JsonModel *m_model;
    QTreeView *m_tree;
    PlainTextPane *m_text;
    QStackedWidget *m_stack;
    QButtonGroup *m_modes;
    QPushButton *m_whole;
};

} // namespace app
