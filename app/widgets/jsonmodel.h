// A JSON value as a tree of keys and values. Children are made when they are looked at, a few hundred at a time: a value of
// many megabytes opens at once.
#pragma once

#include <QAbstractItemModel>
#include <QJsonValue>

#include <memory>

namespace app {

class JsonModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Key, Value, ColumnCount };

    explicit JsonModel(QObject *parent = nullptr);
    ~JsonModel() override;

    void show(const QJsonValue &json);

    QJsonValue at(const QModelIndex &index) const;
    QString path(const QModelIndex &index) const; // "tasks[3].inputParameters.url"

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;

    Node *nodeOf(const QModelIndex &index) const;

    std::unique_ptr<Node> m_root;
};

// One line for a value: text in quotes, numbers as JSON writes them, {3} and [12] for what holds more.
QString jsonPreview(const QJsonValue &value);

} // namespace app
