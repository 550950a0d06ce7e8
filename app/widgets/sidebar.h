// The pages of the window as a column of icons and words, collapsible to icons. Knows no page: entries are ids.
#pragma once

#include <QAbstractButton>
#include <QWidget>

#include <map>

class QButtonGroup;
class QVBoxLayout;

namespace app {

class IconButton;

// One line of the sidebar; also used for what stands in its footer.
class SidebarButton : public QAbstractButton
{
    Q_OBJECT

public:
    SidebarButton(QStringView iconName, const QString &word, QWidget *parent = nullptr);

    void setIconName(QStringView iconName);
    void setWord(const QString &word);
    void setNote(const QString &note); // at the right, such as a count
    void setTip(const QString &tip);   // what it is for; collapsed, the word stands before it
    void setCollapsed(bool collapsed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void updateTip();

    QString m_iconName;
    QString m_note;
    QString m_tip;
    bool m_collapsed = false;
};

class Sidebar : public QWidget
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget *parent = nullptr);

    void setTop(QWidget *widget); // above the entries
    void addEntry(const QString &id, QStringView iconName, const QString &word, const QString &tip);
    void addFooter(SidebarButton *footer);
    void setCurrent(const QString &id);
    void setNote(const QString &id, const QString &note);

    bool isCollapsed() const { return m_collapsed; }
    void setCollapsed(bool collapsed);

Q_SIGNALS:
    void chosen(const QString &id);
    void collapsedChanged(bool collapsed);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void orderTabs();

    QWidget *m_first = nullptr;
    QVBoxLayout *m_top;
    QVBoxLayout *m_entries;
    QVBoxLayout *m_footer;
    QButtonGroup *m_group;
    SidebarButton *m_collapse;
    std::map<QString, SidebarButton *> m_buttons;
    std::vector<SidebarButton *> m_footers;
    bool m_collapsed = false;
};

} // namespace app
