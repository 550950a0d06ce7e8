// The first line of a page: its title, a hint beside it, the search box, icons, and at most one primary button.
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace app {

class ElidedLabel;
class SearchField;

class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setHint(const QString &hint);           // quiet, after the title: a count, an age
    void setSearch(SearchField *field);          // takes what room there is
    void addButton(QWidget *button);             // to the right
    QPushButton *setPrimary(const QString &text); // rightmost

private:
    QLabel *m_title;
    ElidedLabel *m_hint;
    QHBoxLayout *m_middle;
    QHBoxLayout *m_right;
};

} // namespace app
